import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A text with the problem that it reports; texts of one problem are duplicates. */
export interface ProblemText {
  readonly problem: string;
  readonly language: 'en' | 'de';
  readonly text: string;
}

/** Two texts that share words and report two problems. */
export interface DifferentPair {
  readonly language: 'en' | 'de';
  readonly texts: readonly [string, string];
}

export const publicData = (name: string): string => join(import.meta.dirname, '../../../shared/data', name);

/** The rephrasings of each thread, without its question; null where the folder is absent. */
export function readStackfaq(folder = publicData('stackfaq')): ProblemText[] | null {
  const file = join(folder, 'threads.json.gz');
  if (!existsSync(file)) return null;
  const threads = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { rephr: string[] }[];
  return threads.flatMap(({ rephr }, thread) =>
    // A lone "*" stands in each list.
    rephr.filter((text) => text.trim().length > 2).map((text) => ({ problem: `${thread}`, language: 'en', text })),
  );
}

export interface SentencePair {
  readonly texts: readonly [string, string];
  readonly same: boolean;
}

/** German sentences of high overlap, paraphrases or not; null where the folder is absent. */
export function readPawsx(folder = publicData('pawsx-de')): SentencePair[] | null {
  const file = join(folder, 'dev.tsv');
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, first, second, label]) => ({ texts: [first!, second!], same: label === '1' }));
}

type OwnLine = { half: Half } & (
  | { problem: string; language: 'en' | 'de'; text: string }
  | { different: [string, string]; language: 'en' | 'de' }
);
export type Half = 'development' | 'locked';

/** Our own cases: the locked half is measured and not looked at. */
export function readOwnCases(half: Half): { texts: ProblemText[]; different: DifferentPair[] } {
  const lines = readFileSync(join(import.meta.dirname, 'own-cases.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OwnLine)
    .filter((line) => line.half === half);
  return {
    texts: lines.flatMap((line) =>
      'problem' in line ? [{ problem: line.problem, language: line.language, text: line.text }] : [],
    ),
    different: lines.flatMap((line) =>
      'different' in line ? [{ language: line.language, texts: line.different }] : [],
    ),
  };
}
