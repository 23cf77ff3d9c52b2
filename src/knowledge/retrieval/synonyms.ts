import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { tokenise } from '../../ml/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import { analyse } from '../indexing/analyse.ts';
import { stem } from '../indexing/stem.ts';

const phrases = z.array(z.string().min(2).max(60));
const synonymFile = z.object({
  version: z.string().min(1),
  /** Each concept: ways to say one thing. Words of one language stand for one another and for the other language's. */
  concepts: z.array(z.object({ en: phrases, de: phrases })),
});

/** Ways to say the same: by language, phrase of stems → concepts; and concept → its other wordings. */
export interface Synonyms {
  readonly version: string;
  /** The expressions of each concept as they were written, one concept a line, both languages in it. */
  readonly lines: readonly string[];
  /** Concept → language → phrases, each as the stems of its content words. */
  readonly wordings: readonly Readonly<Record<'en' | 'de', readonly (readonly string[])[]>>[];
  /** Stems of a phrase, joined by spaces → numbers of concepts. */
  readonly find: {
    readonly en: ReadonlyMap<string, readonly number[]>;
    readonly de: ReadonlyMap<string, readonly number[]>;
  };
  readonly longest: number;
}

export function makeSynonyms(input: unknown): Synonyms {
  const data = synonymFile.parse(input);
  const find = { en: new Map<string, number[]>(), de: new Map<string, number[]>() };
  let longest = 1;
  data.concepts.forEach((concept, number) => {
    for (const language of ['en', 'de'] as const) {
      for (const phrase of concept[language]) {
        const stems = stemsOf(phrase, language);
        longest = Math.max(longest, stems.length);
        const key = stems.join(' ');
        const known = find[language].get(key);
        if (!known) find[language].set(key, [number]);
        else if (!known.includes(number)) known.push(number);
      }
    }
  });
  const wordings = data.concepts.map((concept) => ({
    en: concept.en.map((phrase) => contentStems(phrase, 'en')),
    de: concept.de.map((phrase) => contentStems(phrase, 'de')),
  }));
  const lines = data.concepts.map(({ en, de }) => [...en, ...de].join(' '));
  return { version: data.version, lines, wordings, find, longest };
}

const contentStems = (phrase: string, language: 'en' | 'de'): string[] =>
  analyse(phrase, language, () => []).map((word) => stem(word.text, language));

const stemsOf = (phrase: string, language: 'en' | 'de'): string[] =>
  tokenise(phrase).map((token) => stem(token.text, language));

/** @throws SignalboxError `file-unreadable` naming the file and what is wrong with it. */
export function readSynonyms(path: string): Synonyms {
  try {
    return makeSynonyms(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SignalboxError('file-unreadable', `The list of synonyms ${path} cannot be used: ${reason}`, {
      cause,
    });
  }
}
