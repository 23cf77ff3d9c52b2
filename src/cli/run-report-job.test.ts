import { describe, expect, it } from 'vitest';
import type { TrainingJob } from './report-job.ts';
import { runReportJob } from './run-report-job.ts';

const tickets = Array.from({ length: 4000 }, (_, i) => ({
  subject: '',
  body: Array.from({ length: 60 }, (_, w) => `word${(i * 61 + w * 17) % 50_000}`).join(' '),
  category: i % 2 === 0 ? 'Rechnung' : 'Zugang',
}));

const job: TrainingJob = {
  kind: 'training',
  tickets,
  fileRows: tickets.map((_, i) => i + 1),
  data: { file: 'x.csv', sha256: '', labelled: 4000, rows: 4000, badRows: 0, leftOut: 0 },
  settings: {},
  warnings: [],
  seed: 1,
  grouped: false,
  embedding: null,
  variant: 'logreg',
  folds: 2,
  smote: false,
  compareRandom: false,
};

const onProgress = () => undefined;

describe('a job in its worker', () => {
  it('that runs out of memory ends in words', async () => {
    const running = runReportJob(job, { signal: new AbortController().signal, onProgress, heap: 24 });
    await expect(running).rejects.toMatchObject({
      code: 'training-data',
      message: expect.stringContaining('--max-rows'),
    });
  }, 60_000);

  it('that is stopped has no result, before it begins and while it works', async () => {
    const stopping = new AbortController();
    const stopped = runReportJob(job, { signal: stopping.signal, onProgress: () => stopping.abort() });
    expect(await stopped).toBeNull();
    expect(await runReportJob(job, { signal: stopping.signal, onProgress })).toBeNull();
  }, 60_000);
});
