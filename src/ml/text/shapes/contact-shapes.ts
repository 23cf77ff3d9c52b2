import { type At, before, matchFrom, type Shape } from './at.ts';
import { findCard } from './payment-shapes.ts';

const address = /[\w.%+'äöüßÄÖÜ-]{1,64}@(?:[A-Za-z0-9äöüß-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\p{L}\d])/uy;

/** E-mail addresses; the value is in lower case. */
export const findEmail = ({ text, at }: At): Shape<'email'> | null => {
  const match = matchFrom(address, text, at);
  return match === null ? null : { kind: 'email', value: match[0].toLowerCase(), end: at + match[0].length };
};

const webAddress = /(?:https?:\/\/|s?ftp:\/\/|www\.)[^\s<>"„“”«»]{2,500}/iy;
const closing = new Set(".,;:!?'*_)]}…".split(''));

/** Web addresses without the punctuation behind them; names and passwords in them are not repeated. */
export const findUrl = ({ text, at }: At): Shape<'url'> | null => {
  const match = matchFrom(webAddress, text, at);
  if (match === null) return null;
  let length = match[0].length;
  while (length > 0 && closing.has(match[0][length - 1]!) && !closesWithin(match[0], length - 1)) length--;
  const value = match[0].slice(0, length).replace(/^(\w+:\/\/)[^/@]*@/, '$1•••@');
  return { kind: 'url', value, end: at + length };
};

/** A ")" that something within the address opened. */
const closesWithin = (address: string, at: number): boolean =>
  address[at] === ')' && address.lastIndexOf('(', at) > address.lastIndexOf(')', at - 1);

const octets = /(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)/y;
const groups = /(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])/y;

/** IPv4 and IPv6. `wordEnd`, where it is known, is the end of the letters or digits that begin here. */
export const findIpAddress = ({
  text,
  at,
  wordEnd,
}: At & { readonly wordEnd?: number }): Shape<'ip-address'> | null => {
  const joint = wordEnd === undefined ? '.' : text[wordEnd];
  if (joint === ' ' || joint === undefined) return null;
  const match = matchFrom(octets, text, at);
  if (match !== null) return { kind: 'ip-address', value: match[0], end: at + match[0].length };
  const longer = matchFrom(groups, text, at)?.[0];
  if (longer === undefined || longer.length < 6 || !/[0-9a-f]/i.test(longer)) return null;
  if (!longer.includes('::') && longer.split(':').length !== 8) return null;
  return { kind: 'ip-address', value: longer.toLowerCase(), end: at + longer.length };
};

const number = /(?:\+[ ]?)?\(?\d(?:[ \u00a0/.()-]{0,2}\d){5,16}(?:[ ]?(?:x|ext\.?|durchwahl)[ ]?\d{1,5})?(?!\d)/iy;
const announced =
  /(?:phone|tel|fon|fax|mobile?|handy|ruf|call|ring|nummer|erreich|reach|unter|text|desk|cell|whatsapp)[^.!?\n\d]{0,24}[\n]?$/i;
const american = /^(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?: ?x|$)/i;

/**
 * Telephone numbers: international, with a leading nought, in the American way, or any of six digits and more behind
 * a word such as "call" or "Tel.". The value is the digits, with "+" for an international one.
 */
export const findPhone = (place: At): Shape<'phone'> | null => {
  const { text, at } = place;
  // A number goes on with its groups: "1 1 1 1" is looked at once, not at each of them.
  if (/\d[ /.-]$/.test(before(place, 2))) return null;
  const match = matchFrom(number, text, at)?.[0];
  if (match === undefined) return null;
  if (text[at] !== '+' && findCard({ text, at: at + match.search(/\d/) }) !== null) return null;
  const plain = match.replace(/[ ]?(?:x|ext\.?|durchwahl)[ ]?\d{1,5}$/i, '');
  const digits = plain.replace(/\D/g, '');
  if (digits.length > 15 || !isTelephone(plain, digits, () => announced.test(before(place, 40)))) return null;
  const abroad = plain.startsWith('+') || digits.startsWith('00');
  const value = abroad ? `+${plain.replace(/\(0\)/, '').replace(/\D/g, '').replace(/^00/, '')}` : digits;
  return { kind: 'phone', value, end: at + match.length };
};

function isTelephone(written: string, digits: string, isAnnounced: () => boolean): boolean {
  if (written.startsWith('+')) return digits.length >= 8;
  // "unter support/2024-11": a month.
  if (/^(?:19|20)\d\d-\d\d$/.test(written)) return false;
  if (/^\(?0/.test(written)) return digits.length >= (isAnnounced() ? 6 : 9) && !/^0+$/.test(digits);
  return american.test(written) || isAnnounced();
}
