import { type At, before, matchFrom, type Shape } from './at.ts';

/** Characters of an IBAN by country (ISO 13616), for those whose banks write to us. */
const ibanLengths: Readonly<Record<string, number>> = {
  AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27,
  HR: 21, HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28,
  PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26, UA: 29,
}; // biome-ignore format: a table
const ibanShape = /[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}/y;

/** IBANs by country, length and checksum; after the word "IBAN" a mistyped one is one, too. */
export const findIban = (place: At): Shape<'iban'> | null => {
  const { text, at } = place;
  if (!isDigit(text.charCodeAt(at + 2)) || !isDigit(text.charCodeAt(at + 3))) return null;
  const match = matchFrom(ibanShape, text, at);
  const length = match === null ? undefined : ibanLengths[match[0].slice(0, 2).toUpperCase()];
  if (match === null || length === undefined) return null;
  const [compact, end] = takeCharacters(match[0], length);
  if (compact.length < length || isWord(text.charCodeAt(at + end))) return null;
  if (!hasIbanChecksum(compact) && !/iban\W{0,4}$/i.test(before(place, 10))) return null;
  return { kind: 'iban', value: masked(compact), end: at + end };
};

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 0xbf;

/** The first `count` letters and digits of a text, and where they end. */
function takeCharacters(text: string, count: number): [compact: string, end: number] {
  let compact = '';
  let end = 0;
  while (end < text.length && compact.length < count) {
    if (isWord(text.charCodeAt(end))) compact += text[end];
    end++;
  }
  return [compact.toUpperCase(), end];
}

/** ISO 7064 mod 97-10, digit by digit. */
function hasIbanChecksum(compact: string): boolean {
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const digit = Number.parseInt(character, 36);
    rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
  }
  return rest === 1;
}

const cardShape = /(?:\d{12,19}|\d{4}(?:[ \u00a0.-]\d{2,7}){2,4})(?!\d)/y;
const cardGroups = /^[2-6]\d{3}([ \u00a0.-])\d{4}\1\d{4}\1\d{4}$/;
const cardWords = /(?:card|karte|visa|master|amex|maestro)[^.!?\n]{0,30}$/i;
/** First digits and lengths of the networks. */
const networks =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|(?:1800|2131)\d{11}|6(?:011|4[4-9]|5\d|2\d)\d{12,16}|(?:5[0678]|6\d)\d{10,17})$/;

/**
 * Card numbers by network, length and Luhn's checksum. Sixteen digits in groups of four, or behind the word "card",
 * are one without the checksum: a mistyped card is no less a secret.
 */
export const findCard = (place: At): Shape<'card'> | null => {
  const { text, at } = place;
  // Every network begins with 1 to 6.
  const first = text.charCodeAt(at);
  const match = first >= 49 && first <= 54 ? matchFrom(cardShape, text, at) : null;
  if (match === null) return null;
  // What follows may be the expiry date: the longest beginning that is a card is the card.
  for (let length = match[0].length; length >= 12; length--) {
    if (!isDigit(match[0].charCodeAt(length - 1)) || isDigit(match[0].charCodeAt(length))) continue;
    const written = match[0].slice(0, length);
    const digits = written.replace(/\D/g, '');
    if (isCard(written, digits, place)) return { kind: 'card', value: masked(digits), end: at + length };
  }
  return null;
};

function isCard(written: string, digits: string, place: At): boolean {
  if (networks.test(digits) && hasLuhnChecksum(digits)) return true;
  return cardGroups.test(written) || (digits.length === 16 && cardWords.test(before(place, 50)));
}

function hasLuhnChecksum(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits.charCodeAt(i) - 48;
    sum += double ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}

const masked = (compact: string): string => `•••• ${compact.slice(-4)}`;

const secretStarts = /(?<!\d)[1-6]|(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}/g;

/** A text without the card numbers and IBANs in it: an address or a number may hold one. O(length). */
export function maskPaymentNumbers(text: string): string {
  if (text.length < 12) return text;
  let kept = '';
  let from = 0;
  for (const { index: at } of text.matchAll(secretStarts)) {
    if (at < from) continue;
    const hit = findCard({ text, at }) ?? findIban({ text, at });
    if (hit === null) continue;
    kept += text.slice(from, at) + hit.value;
    from = hit.end;
  }
  return kept + text.slice(from);
}
