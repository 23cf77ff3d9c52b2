import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures } from './figures.ts';
import { quantile, root, round, starterTexts, temporaryFolder } from './measure.ts';

const rows = 30_000;
const runs = 5;

/**
 * `signalbox triage FILE --no-store` as a whole process, and without its start-up: the difference to a file of
 * one row. Beside it scikit-learn with the same kind of model (words and characters, TF-IDF, multinomial
 * logistic regression, trained on the same tickets): one ticket at a time and in one batch, prediction only.
 */
export async function triageFile(): Promise<Figures> {
  const folder = temporaryFolder();
  try {
    const texts = starterTexts();
    const file = join(folder.path, 'tickets.jsonl');
    const one = join(folder.path, 'one.jsonl');
    writeFileSync(file, Array.from({ length: rows }, (_, i) => JSON.stringify(texts[i % texts.length])).join('\n'));
    writeFileSync(one, JSON.stringify(texts[0]));
    const triage = (path: string) => {
      const started = performance.now();
      const run = spawnSync(process.execPath, [join(root, 'src/cli.ts'), 'triage', path, '--no-store'], {
        env: { PATH: process.env['PATH'], SIGNALBOX_DATA: folder.path },
        maxBuffer: 1024 ** 3,
      });
      if (run.status !== 0) throw new Error(run.stderr.toString());
      return (performance.now() - started) / 1000;
    };
    triage(one); // trains the model
    const start = quantile([triage(one), triage(one), triage(one)], 0.5);
    const times = Array.from({ length: runs }, () => triage(file));
    const median = quantile(times, 0.5);
    return {
      tickets_per_second: round(rows / median, 0),
      tickets_per_second_without_start: round(rows / Math.max(0.001, median - start), 0),
      start_s: round(start, 2),
      rows,
      runs,
      ...scikit(file),
    };
  } finally {
    folder.remove();
  }
}

/** SCIKIT_PYTHON names a Python that has scikit-learn; without one the peer is left out, with a word. */
function scikit(file: string): Figures {
  const python = process.env['SCIKIT_PYTHON'] ?? 'python3';
  const peer = spawnSync(python, [join(root, 'bench/peers/scikit.py'), join(root, 'starter/tickets.jsonl'), file], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 2,
  });
  if (peer.status !== 0) return { scikit: 'not measured: no Python with scikit-learn (set SCIKIT_PYTHON)' };
  return JSON.parse(peer.stdout) as Figures;
}
