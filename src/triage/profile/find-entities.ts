import {
  findCard,
  findEmail,
  findIban,
  findIpAddress,
  findPhone,
  findUrl,
  maskPaymentNumbers,
} from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { fold } from '../lexicon.ts';
import { findHost } from './contact-finders.ts';
import { findDate, findMonth, findRelativeDate, findTime } from './date-finders.ts';
import { type Entity, type Finder, type Found, firstOf, type Place } from './entity.ts';
import { findAmount, findAmountAfterCurrency } from './payment-finders.ts';
import { type EntityNames, productFinder } from './product-finders.ts';
import { findAnnouncedNumber, findHashedNumber, findPrefixedNumber } from './reference-finders.ts';
import {
  findAnnouncedError,
  findBareVersion,
  findFile,
  findNamedError,
  findNumericError,
  findVersion,
} from './technical-finders.ts';

export interface EntityOptions {
  readonly language: Language;
  readonly names: EntityNames;
}

/** More than these nobody reads; a pasted log has thousands. */
const entityLimit = 200;

/** Only where the run of characters has what the kind needs: most words have none of it. */
const ofAt: readonly Finder[] = [findEmail];
const ofPoint: readonly Finder[] = [findFile, findHost];
const ofWord: readonly Finder[] = [findAnnouncedError, findAnnouncedNumber, findVersion, findMonth, findRelativeDate];
const ofCapital: readonly Finder[] = [findNamedError, findPrefixedNumber];
const ofDigit: readonly Finder[] = [
  findCard,
  findIpAddress,
  findDate,
  findTime,
  findAmount,
  findNumericError,
  findRelativeDate,
  findPhone,
  findBareVersion,
];
const ofSymbol: Readonly<Record<string, readonly Finder[]>> = {
  '€': [findAmountAfterCurrency],
  $: [findAmountAfterCurrency],
  '£': [findAmountAfterCurrency],
  '+': [findPhone],
  '(': [findPhone],
  '#': [findHashedNumber],
  ':': [findIpAddress],
  '/': [findFile],
  '~': [findFile],
  '.': [findFile],
  '\\': [findFile],
};
const currencyWords = new Set(['eur', 'usd', 'gbp', 'chf', 'euro']);

/**
 * Entities of a text from left to right; none overlaps another. One walk over the text: at each beginning of a word,
 * number or sign the finders of that beginning are asked in order, each reads a bounded stretch. O(length).
 */
export function findEntities(text: string, { language, names }: EntityOptions): Entity[] {
  const entities: Entity[] = [];
  const findProduct = productFinder(names);
  const still = { text, language, errorPrefixes: names.errorPrefixes };
  let chunk = chunkFrom(text, 0);
  let productEnd = -1;
  for (let at = 0; at < text.length && entities.length < entityLimit; ) {
    if (at >= chunk.end) chunk = chunkFrom(text, at);
    const start = startAt(text, at);
    if (start === 'none') {
      at++;
      continue;
    }
    const wordEnd = endOfRun(text, at, start);
    const word = start === 'letter' ? fold(text.slice(at, Math.min(wordEnd, at + 40))) : '';
    const place = { ...still, at, chunkEnd: chunk.end, word, wordEnd, productEnd };
    const found = findAt(place, { start, chunk, findProduct });
    if (found !== null) entities.push(entityOf(text, found, at));
    if (found?.kind === 'product') productEnd = found.end;
    at = found?.end ?? wordEnd;
  }
  return entities;
}

type Start = 'letter' | 'digit' | 'symbol' | 'none';

interface Situation {
  readonly start: Start;
  readonly chunk: Chunk;
  readonly findProduct: Finder;
}

function findAt(place: Place, { start, chunk, findProduct }: Situation): Found | null {
  if (start === 'symbol') return firstOf(ofSymbol[place.text[place.at]!]!, place);
  const shaped = (chunk.hasAt && firstOf(ofAt, place)) || null;
  if (shaped !== null) return shaped;
  if (start === 'digit') return firstOf(ofDigit, place) ?? (chunk.hasPoint ? firstOf(ofPoint, place) : null);
  return findAtLetter(place, chunk, findProduct);
}

function findAtLetter(place: Place, chunk: Chunk, findProduct: Finder): Found | null {
  const { text, at, word } = place;
  const first = text.charCodeAt(at);
  return (
    (chunk.hasPoint ? findUrl(place) : null) ??
    (chunk.hasColons ? findIpAddress(place) : null) ??
    findIban(place) ??
    findProduct(place) ??
    (chunk.hasPoint ? firstOf(ofPoint, place) : null) ??
    firstOf(ofWord, place) ??
    (currencyWords.has(word) ? findAmountAfterCurrency(place) : null) ??
    (first >= 65 && first <= 90 ? firstOf(ofCapital, place) : null)
  );
}

/** Cards and bank accounts are not repeated: not by themselves, and not within an address or a number. */
function entityOf(text: string, { kind, value, from, end }: Found, at: number): Entity {
  const start = from ?? at;
  if (kind === 'card' || kind === 'iban') return { kind, text: value, value, start, end };
  const shown = kind === 'url' ? value : text.slice(start, end);
  // One telephone number in ten has the checksum of a card.
  if (kind === 'phone') return { kind, text: shown, value, start, end };
  return { kind, text: maskPaymentNumbers(shown), value: maskPaymentNumbers(value), start, end };
}

/** A run without white space, and what it has. */
interface Chunk {
  readonly end: number;
  readonly hasAt: boolean;
  readonly hasPoint: boolean;
  readonly hasColons: boolean;
}

function chunkFrom(text: string, at: number): Chunk {
  let end = at;
  let [ats, points, colons] = [0, 0, 0];
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === 0xa0) break;
    if (code === 64) ats++;
    else if (code === 46) points++;
    else if (code === 58) colons++;
  }
  // A dot at the very end is a full stop.
  return { end: Math.max(end, at + 1), hasAt: ats > 0, hasPoint: points > 0 || colons > 0, hasColons: colons > 1 };
}

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** What may begin at `at`; nothing begins within a word, a number or behind a joint of one. */
function startAt(text: string, at: number): Start {
  const code = text.charCodeAt(at);
  const previous = at === 0 ? 32 : text.charCodeAt(at - 1);
  if (isLetter(code)) return isLetter(previous) || isDigit(previous) || isJoint(text, at) ? 'none' : 'letter';
  if (isDigit(code)) return isLetter(previous) || isDigit(previous) || isJoint(text, at) ? 'none' : 'digit';
  if (!Object.hasOwn(ofSymbol, text[at]!)) return 'none';
  return isLetter(previous) || isDigit(previous) ? 'none' : 'symbol';
}

/** "-", "_", ".", "@", "\" between two word characters. */
function isJoint(text: string, at: number): boolean {
  const joint = text.charCodeAt(at - 1);
  if (joint !== 45 && joint !== 95 && joint !== 46 && joint !== 64 && joint !== 92) return false;
  const before = at < 2 ? 32 : text.charCodeAt(at - 2);
  return isLetter(before) || isDigit(before);
}

/** Where the letters, or the digits, that begin at `at` end; of a sign, behind it. */
function endOfRun(text: string, at: number, start: Start): number {
  const belongs = start === 'letter' ? isLetter : isDigit;
  let end = at + 1;
  while (start !== 'symbol' && end < text.length && belongs(text.charCodeAt(end))) end++;
  return end;
}
