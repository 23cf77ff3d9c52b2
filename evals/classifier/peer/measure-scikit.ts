import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { DataSet } from './data-sets.ts';
import type { ModelRun } from './measure-ours.ts';
import type { ComparedModel } from './models.ts';

export type ScikitRun = ModelRun & { readonly version: string };

/** scikit-learn at the settings of the model, in a process with one thread; why not, in words, when it did not run. */
export function measureScikit(set: DataSet, model: ComparedModel, python: string): ScikitRun | string {
  const peer = spawnSync(python, ['-W', 'ignore', join(import.meta.dirname, 'scikit.py')], {
    input: JSON.stringify({ set, model }),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
    // One thread on both sides, or the seconds of the wall say nothing.
    env: { PATH: process.env['PATH'], OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (peer.status === 0) return JSON.parse(peer.stdout);
  return `no Python with scikit-learn: ${peer.error?.message ?? peer.stderr.trim().split('\n').at(-1)}`;
}
