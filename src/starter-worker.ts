import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openOnnxEmbedder } from './platform/index.ts';
import type { StarterTraining, StarterTrainingMessage } from './starter-model.ts';
import { readStarterTickets } from './starter-tickets.ts';
import { SignalboxError } from './ticket/index.ts';
import { saveTriageModel, trainTriageModel } from './triage/index.ts';

/** Trains the starter model away from the event loop; sends progress, then the bytes of the model. */
const { file, seed, variant, embedding } = workerData as StarterTraining;
const send = (message: StarterTrainingMessage) => parentPort?.postMessage(message);

try {
  const embedder = embedding === null ? null : await openOnnxEmbedder(embedding);
  const model = await trainTriageModel(readStarterTickets(readFileSync(file, 'utf8')), {
    seed,
    variant,
    ...(embedder === null ? {} : { embedder }),
    onProgress: (fraction, words) => send({ fraction, words }),
  });
  await embedder?.close();
  send({ bytes: saveTriageModel(model) });
} catch (error) {
  if (!(error instanceof SignalboxError)) throw error;
  send({ problem: { code: error.code, words: error.message } });
}
