import { maskKinds } from './kinds.ts';

const kinds = maskKinds.join('|');
/**
 * A placeholder as models write it back: in another case, with blanks, a hyphen or an escaped underscore within the
 * brackets; without brackets only exactly. The letter tells spellings of one value apart.
 */
const shape = String.raw`(?i:\[\s{0,3}(?<kind>${kinds})[\s\\_-]{0,3}(?<number>\d{1,5})(?<spelling>[b-z]?)\s{0,3}\])`;
const bare = String.raw`(?<![A-Za-z0-9_])(?<bareKind>${kinds})_(?<bareNumber>\d{1,5})(?<bareSpelling>[b-z]?)(?![A-Za-z0-9_])`;
const pattern = new RegExp(`${shape}|${bare}`, 'g');

/**
 * What somebody wrote that could be taken for one of ours on the way back, whatever stands around it: a placeholder
 * beside it would make it one.
 */
export const placeholderLike = new RegExp(String.raw`${shape}|(?:${kinds})_\d{1,5}`, 'g');

export const placeholderOf = (kind: string, number: number, spelling: number): string =>
  `[${kind}_${number}${spelling === 0 ? '' : String.fromCharCode(97 + spelling)}]`;

/** Puts values back. `onUnknown` hears of each placeholder that stands for nothing; it stays as it is. */
export function putBack(
  text: string,
  values: ReadonlyMap<string, string>,
  onUnknown: (placeholder: string) => void,
): string {
  return text.replace(pattern, (...args) => {
    const whole = args[0] as string;
    const groups = args.at(-1) as Record<string, string | undefined>;
    const inBrackets = groups['kind'] !== undefined;
    const kind = (groups['kind'] ?? groups['bareKind']!).toUpperCase();
    const number = groups['number'] ?? groups['bareNumber']!;
    const spelling = (groups['spelling'] ?? groups['bareSpelling'] ?? '').toLowerCase();
    const exact = values.get(`[${kind}_${number}${spelling}]`);
    if (exact !== undefined) return exact;
    // "PERSON_1s": a genitive, not a spelling.
    const stem = values.get(`[${kind}_${number}]`);
    if (stem !== undefined) return stem + spelling;
    if (inBrackets) onUnknown(whole);
    return whole;
  });
}

/** The longest a placeholder can be: with all blanks and escapes. */
const longest = 48;
const unfinished = new RegExp(String.raw`(?:\[[^\][]{0,${longest}}|[A-Za-z0-9_\\]+)$`);

/** How much of a text can be read now whatever comes next: a placeholder that may have begun is waited for. */
export function settledLength(text: string): number {
  return unfinished.exec(text)?.index ?? text.length;
}
