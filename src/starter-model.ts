import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { defaultTriageSettings, loadTriageModel, type TriageModel } from './triage/index.ts';

export interface StarterModelOptions {
  readonly dataFolder: string;
  /** Path of `starter/tickets.jsonl`. */
  readonly tickets: string;
  readonly onProgress: (fraction: number, words: string) => void;
}

const seed = 1;

/**
 * The starter model from the data folder, or trained now (some seconds, in a worker thread) when there is none
 * for these tickets and settings. A file that is damaged is trained anew.
 */
export async function loadStarterModel({ dataFolder, tickets, onProgress }: StarterModelOptions): Promise<TriageModel> {
  const file = starterModelFile(dataFolder, tickets);
  if (existsSync(file)) {
    try {
      return loadTriageModel(readFileSync(file));
    } catch {
      onProgress(0, 'the saved model is damaged and is trained anew');
    }
  }
  const bytes = await trainInWorker(tickets, onProgress);
  mkdirSync(dirname(file), { recursive: true });
  // Written beside and then renamed: a process that is killed meanwhile leaves no half of a model.
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, file);
  return loadTriageModel(bytes);
}

/** Where the model for these tickets lies, or will lie. */
export const starterModelFile = (dataFolder: string, tickets: string): string =>
  join(dataFolder, 'models', `starter-${fingerprint(tickets)}.model`);

/** Changes with the tickets and the settings, so that an upgrade trains anew and nothing else does. */
function fingerprint(tickets: string): string {
  return createHash('sha256')
    .update(readFileSync(tickets))
    .update(JSON.stringify({ seed, defaultTriageSettings }))
    .digest('hex')
    .slice(0, 16);
}

function trainInWorker(file: string, onProgress: StarterModelOptions['onProgress']): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./starter-worker.ts', import.meta.url), { workerData: { file, seed } });
    worker.on('message', (message: { fraction: number; words: string } | { bytes: Uint8Array }) => {
      if ('bytes' in message) resolve(message.bytes);
      else onProgress(message.fraction, message.words);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the training ended with code ${code}`)));
  });
}
