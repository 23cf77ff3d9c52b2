import { buildPhrases, fold, type Phrases } from '../lexicon.ts';
import type { ConceptLines } from './concept-lines.ts';
import { actions } from './concepts-actions.ts';
import { objects } from './concepts-objects.ts';
import { products } from './concepts-products.ts';
import { symptoms } from './concepts-symptoms.ts';
import { isDropped, normalWord } from './normal-words.ts';

/** Stem of a folded word. */
export type StemWord = (word: string, language: 'en' | 'de') => string;

/** A concept's name begins with its kind: "!" what is wrong, "#" what it is about, "+" what is done or wanted, "@" whose. */
const kinds: readonly (readonly [mark: string, lines: ConceptLines])[] = [
  ['!', symptoms],
  ['#', objects],
  ['+', actions],
  ['@', products],
];

/**
 * The phrases of all concepts over stems, with the concepts that each stands for. A phrase is words with blanks between,
 * "a|b" either, "…" a gap, "*x" and "x*" a compound (see `buildPhrases`); words of grammar are left out on both sides,
 * and every negation is "not".
 */
export function conceptPhrases(stem: StemWord): Phrases<readonly string[]> {
  const entries: [string, readonly string[]][] = [];
  for (const [mark, lines] of kinds) {
    for (const [name, sides] of Object.entries(lines)) {
      for (const language of ['en', 'de'] as const) {
        for (const phrase of sides[language].split(','))
          for (const written of writePhrase(phrase, (word) => stem(word, language)))
            entries.push([written, [mark + name]]);
      }
    }
  }
  return buildPhrases(together(entries));
}

/** Phrases that two concepts share stand for both. */
function together(entries: readonly (readonly [string, readonly string[]])[]): Map<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [phrase, concepts] of entries) all.set(phrase, [...new Set([...(all.get(phrase) ?? []), ...concepts])]);
  return all;
}

/** The phrase as text is read: hyphens divide, grammar is dropped, each word is a stem. One for each choice of "a|b". */
function writePhrase(phrase: string, stem: (word: string) => string): string[] {
  let written: string[][] = [[]];
  for (const part of phrase.trim().replaceAll('-', ' ').split(/\s+/)) {
    const choices = part.split('|').flatMap((word) => spellings(word, stem));
    written = written.flatMap((words) => choices.map((choice) => (choice === '' ? words : [...words, choice])));
  }
  return written.map((words) => words.join(' ')).filter((words) => words !== '' && words !== '…' && words !== 'not');
}

function spellings(word: string, stem: (word: string) => string): string[] {
  if (word === '…') return [word];
  const [before, after] = [word.startsWith('*') ? '*' : '', word.endsWith('*') ? '*' : ''];
  const plain = fold(word.replaceAll('*', '').replaceAll('~', ''));
  if (before + after !== '') return [before + stem(plain) + after];
  const normal = normalWord(plain);
  if (normal === 'not') return ['not'];
  return [isDropped(normal) ? '' : stem(normal)];
}
