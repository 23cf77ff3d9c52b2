import { splitCompound } from '../../ml/index.ts';
import type { Language } from '../../ticket/index.ts';
import { analyse, type PartsOf } from './analyse.ts';

/**
 * What the index of PostgreSQL sees of a chunk, in three lines: words of the heading, words of the text and of
 * the questions noted for it, and the compounds with their parts ("rechnungskorrektur=rechnung+korrektur"). The third is also where every process
 * reads the parts from, so that all of them score alike whatever vocabulary they would split by today.
 */
export function indexText(
  chunk: {
    readonly heading: string;
    readonly text: string;
    readonly asked: readonly string[];
    readonly language: Language;
  },
  partsOf: PartsOf,
): string {
  const split = new Map<string, readonly string[]>();
  const remember: PartsOf = (word) => {
    const parts = partsOf(word);
    if (parts.length > 0) split.set(word, parts);
    return parts;
  };
  const line = (text: string) =>
    analyse(text, chunk.language, remember)
      .flatMap((word) => [word.text, ...word.also])
      .join(' ');
  const heading = line(chunk.heading);
  const body = line([chunk.text, ...chunk.asked].join('\n'));
  const compounds = [...split].map(([word, parts]) => `${word}=${parts.join('+')}`).sort();
  return `${heading}\n${body}\n${compounds.join(' ')}`;
}

/** Reads the third line back. */
export function partsFromIndexText(thirdLine: string): PartsOf {
  const split = new Map<string, readonly string[]>();
  for (const entry of thirdLine.split(' ')) {
    const at = entry.indexOf('=');
    if (at > 0) split.set(entry.slice(0, at), entry.slice(at + 1).split('+'));
  }
  return (word) => split.get(word) ?? [];
}

/** Splits compounds by `frequencyOf`; each word is split once. */
export function compoundSplitter(frequencyOf: (word: string) => number): PartsOf {
  const done = new Map<string, readonly string[]>();
  return (word) => {
    let parts = done.get(word);
    if (parts === undefined) {
      parts = splitCompound(word, { frequencyOf });
      done.set(word, parts);
    }
    return parts;
  };
}
