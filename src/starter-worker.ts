import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readStarterTickets } from './starter-tickets.ts';
import { saveTriageModel, trainTriageModel } from './triage/index.ts';

/** Trains the starter model away from the event loop; sends progress, then the bytes of the model. */
const { file, seed } = workerData as { file: string; seed: number };
const model = await trainTriageModel(readStarterTickets(readFileSync(file, 'utf8')), {
  seed,
  onProgress: (fraction, words) => parentPort?.postMessage({ fraction, words }),
});
parentPort?.postMessage({ bytes: saveTriageModel(model) });
