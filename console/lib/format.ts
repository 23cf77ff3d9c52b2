import type { UiLanguage } from './i18n/speech.ts';

/** Numbers and times as the reader writes them; times in the reader's zone. All pure: `now` comes in. */

const narrow = '\u00a0';

/** Floor, not round: 74.9 % never reads as 75 %. The tiny part undoes that 0.29 · 100 is 28.999… */
const floored = (value: number, digits: number): number => Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits;

/** `0.914` → `91 %`, in both languages with a space that does not break; whole everywhere. */
export function percent(probability: number, language: UiLanguage): string {
  if (probability > 0 && probability < 0.01) return `< 1${narrow}%`;
  return percentOf(probability, language, 0);
}

const percentOf = (probability: number, language: UiLanguage, digits: number): string =>
  `${number(floored(probability * 100, digits), language, digits)}${narrow}%`;

/** Two that are compared: whole, too, but with as many digits (at most 3) as it takes to tell them apart. */
export function comparedPercents(a: number, b: number, language: UiLanguage): [string, string] {
  const digits = a === b ? 0 : ([0, 1, 2].find((n) => floored(a * 100, n) !== floored(b * 100, n)) ?? 3);
  if (digits === 0) return [percent(a, language), percent(b, language)];
  return [percentOf(a, language, digits), percentOf(b, language, digits)];
}

/** A score in [0,1] with two digits, cut as percentages are. */
export const score = (value: number, language: UiLanguage): string => number(floored(value, 2), language, 2);

export function number(value: number, language: UiLanguage, digits = 0): string {
  return new Intl.NumberFormat(locale(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** `0.4` → `0.4 ms`, `12.3` → `12 ms`, `1234` → `1.2 s`. */
export function milliseconds(value: number, language: UiLanguage): string {
  if (value >= 1000) return `${number(value / 1000, language, 1)}${narrow}s`;
  return `${number(value, language, value < 10 ? 1 : 0)}${narrow}ms`;
}

export function exactTime(at: string, language: UiLanguage): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

/** `4 min ago`; from a day on the date, because nobody counts hours back. */
export function relativeTime(at: string, now: number, language: UiLanguage): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));
  const ago = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto', style: 'short' });
  if (minutes < 1) return ago.format(0, 'second');
  if (minutes < 60) return ago.format(-minutes, 'minute');
  if (minutes < 24 * 60) return ago.format(-Math.floor(minutes / 60), 'hour');
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

const locale = (language: UiLanguage): string => (language === 'de' ? 'de-DE' : 'en-GB');
