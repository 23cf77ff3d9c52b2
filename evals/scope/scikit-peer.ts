import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Utterance } from './read-clinc.ts';

/**
 * scikit-learn's largest probability of each unseen row by logistic regression (C = 1, balanced) on sublinear TF-IDF,
 * once of words 1-2 (15,000 features), once of words 1-2 and characters 2-5; null when there is no Python with it.
 */
export function scikitProbabilities(
  python: string,
  job: { readonly train: readonly Utterance[]; readonly unseen: readonly Utterance[] },
): Readonly<Record<'words' | 'wordsAndCharacters', Float64Array>> | null {
  const peer = spawnSync(python, [join(import.meta.dirname, 'scikit-peer.py')], {
    input: JSON.stringify(job),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  if (peer.status === 0) {
    const { words, wordsAndCharacters } = JSON.parse(peer.stdout) as Record<'words' | 'wordsAndCharacters', number[]>;
    return { words: Float64Array.from(words), wordsAndCharacters: Float64Array.from(wordsAndCharacters) };
  }
  console.error(`scikit-learn did not run: ${peer.error?.message ?? peer.stderr.trim().split('\n').at(-1)}`);
  return null;
}
