import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fitSubwordEmbedder, loadSubwordEmbedder, type SubwordEmbedder } from '../../ml/index.ts';
import { type ErrorCode, SignalboxError } from '../../ticket/index.ts';
import type { FromWorker, ToWorker } from './worker-embedder.ts';

/** The thread of our own embedding model: it learns and ends, or it opens what was learned and serves. */
export type BuiltinTask =
  | {
      readonly learn: {
        readonly texts: readonly string[];
        readonly alike?: readonly string[];
        file: string;
        dimension: number;
        seed: number;
      };
    }
  | { readonly open: { readonly file: string } };

export type LearnedMessage =
  | { readonly learned: { readonly id: string; readonly dimension: number } }
  | { readonly problem: { readonly code: ErrorCode; readonly message: string } };

const port = parentPort!;
/** Characters of a text that are read are 64 times as many (batches.ts): more than any passage or message. */
const maxTokens = 512;

const nameOf = ({ id }: SubwordEmbedder) => `builtin/${id}`;

function learn({
  texts,
  alike = [],
  file,
  dimension,
  seed,
}: Extract<BuiltinTask, { learn: unknown }>['learn']): LearnedMessage {
  const embedder = fitSubwordEmbedder(texts, { dimension, seed, alike });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, embedder.save());
  renameSync(unfinished, file);
  return { learned: { id: nameOf(embedder), dimension: embedder.dimension } };
}

function serve({ file }: { readonly file: string }): void {
  const loaded = loadSubwordEmbedder(readFileSync(file));
  if (!loaded.ok) throw new SignalboxError('model-invalid', loaded.reason);
  const embedder = loaded.value;
  const { dimension } = embedder;
  port.on('message', (message: ToWorker) => {
    if ('close' in message) return port.close();
    const rows = new Float32Array(message.texts.length * dimension);
    for (const [i, text] of message.texts.entries()) rows.set(embedder.embed(text), i * dimension);
    port.postMessage({ batch: message.batch, rows } satisfies FromWorker, [rows.buffer]);
  });
  port.postMessage({ ready: { id: nameOf(embedder), dimension, maxTokens } } satisfies FromWorker);
}

function problemOf(error: unknown): { readonly code: ErrorCode; readonly message: string } {
  if (error instanceof SignalboxError) return { code: error.code, message: error.message };
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return { code: 'storage-full', message: 'The disk is full: the embedding model has no room.' };
  if (code !== undefined)
    return { code: 'data-folder', message: `The embedding model cannot be kept in the data folder (${code}).` };
  return { code: 'training-data', message: `The embedding model could not learn: ${message}` };
}

const task = workerData as BuiltinTask;
try {
  if ('learn' in task) port.postMessage(learn(task.learn));
  else serve(task.open);
} catch (error) {
  port.postMessage({ batch: null, problem: problemOf(error) } satisfies FromWorker);
  if ('open' in task) port.close();
}
