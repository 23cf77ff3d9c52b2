import type { CueKind } from './urgency-kinds.ts';
import { englishUrgency } from './urgency-phrases-english.ts';
import { germanUrgency } from './urgency-phrases-german.ts';

const split = (phrases: string): string[] => phrases.split(',').map((phrase) => phrase.trim());

/** All phrases of a kind, both languages. */
export const phrasesOf = (kind: CueKind): readonly string[] => [
  ...split(englishUrgency[kind]),
  ...split(germanUrgency[kind]),
];
