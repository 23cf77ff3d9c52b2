import { lightWords } from '../../ml/index.ts';
import { fold } from '../lexicon.ts';
import { hashOf } from './hash-of.ts';
import { lightStemsOf } from './read-terms.ts';

/** What a term is: a concept by its kind, or a stem. */
export type TermKind = 'symptom' | 'object' | 'action' | 'product' | 'vague' | 'light' | 'word';

const light = lightStemsOf([...lightWords.en, ...lightWords.de].map(fold));

/** Concepts of so many matters that sharing one says little. */
const vague = new Set(
  '+all +own +multiple +use +original +recent +default +enable +find +show +create #setting #name #number #text #date #data #user #app #system #account +add +change'.split(
    ' ',
  ),
);

/** What a term of each kind tells beside a word that is none of them. */
const kindWeights: Readonly<Record<TermKind, number>> = {
  symptom: 1,
  object: 1,
  action: 0.8,
  product: 1,
  vague: 0.6,
  light: 0.5,
  word: 1,
};

/** A term as comparing needs it. */
export interface KnownTerm {
  readonly term: string;
  readonly hash: number;
  readonly kind: TermKind;
  readonly weight: number;
  /** Of objects; a vague one is an object as well. */
  readonly isObject: boolean;
  /** Hashes of its runs of three characters, a blank at either end; none for concepts. */
  readonly runs: Uint16Array;
}

/** Terms repeat. Emptied when full, so that no input can fill the memory. */
const known = new Map<string, KnownTerm>();
const mostKnown = 20_000;

/** What is known of a term, from memory where it was met before. O(its length). */
export function termOf(term: string): KnownTerm {
  let found = known.get(term);
  if (found === undefined) {
    if (known.size >= mostKnown) known.clear();
    const kind = kindOf(term);
    const isWord = kind === 'light' || kind === 'word';
    found = {
      term,
      hash: hashOf(term),
      kind,
      weight: kindWeights[kind],
      isObject: term.startsWith('#'),
      runs: isWord ? characterRuns(term) : noRuns,
    };
    known.set(term, found);
  }
  return found;
}

const noRuns = new Uint16Array(0);

function characterRuns(stem: string): Uint16Array {
  const padded = ` ${stem} `;
  return Uint16Array.from({ length: padded.length - 2 }, (_, i) => {
    const hash = hashOf(padded.slice(i, i + 3));
    return (hash ^ (hash >>> 16)) & 0xffff;
  });
}

/** Concepts carry their kind as first character, see `conceptPhrases`. */
function kindOf(term: string): TermKind {
  const mark = term[0];
  if (vague.has(term)) return 'vague';
  if (mark === '!') return 'symptom';
  if (mark === '#') return 'object';
  if (mark === '+' || mark === '-') return 'action';
  if (mark === '@') return 'product';
  return light.has(term) ? 'light' : 'word';
}

const symptomFamilies: Readonly<Record<string, string>> = {
  '!outage': '!fails',
  '!broken': '!fails',
  '!error': '!fails',
  '!crash': '!fails',
  '!drops': '!fails',
  '!blank': '!fails',
  '!quiet': '!fails',
  '!no-access': '!fails',
  '!late': '!missing',
  '!excess': '!wrong',
  '!unexpected': '!wrong',
};
const objectFamilies: Readonly<Record<string, string>> = {
  '#server': '#infrastructure',
  '#production': '#infrastructure',
  '#system': '#infrastructure',
  '#website': '#infrastructure',
  '#shop': '#infrastructure',
  '#database': '#infrastructure',
  '#network': '#infrastructure',
  '#wifi': '#infrastructure',
  '#order': '#delivery',
  '#product': '#delivery',
  '#tracking': '#delivery',
  '#card': '#payment',
  '#bank': '#payment',
  '#password': '#login',
  '#account': '#login',
  '#message': '#email',
  '#monitor': '#screen',
  '#licence': '#contract',
  '#checkout': '#till',
};

/** What customers call the same thing by several names: one says server, another production, and both mean that nothing works. */
export const familyOf = (concept: string): string => symptomFamilies[concept] ?? objectFamilies[concept] ?? concept;
