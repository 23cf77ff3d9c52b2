import { lightWords } from '../../ml/index.ts';
import { fold } from '../lexicon.ts';
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

/** Concepts carry their kind as first character, see `conceptPhrases`. */
export function kindOf(term: string): TermKind {
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
