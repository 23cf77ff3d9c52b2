import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { OnnxEmbedderSettings } from './platform/index.ts';
import { type ErrorCode, SignalboxError, type Variant } from './ticket/index.ts';
import {
  defaultTriageSettings,
  loadTriageModel,
  modelContents,
  type TriageModel,
  variantNamed,
} from './triage/index.ts';

export interface StarterModelOptions {
  readonly dataFolder: string;
  /** Path of `starter/tickets.jsonl`. */
  readonly tickets: string;
  readonly variant: Variant;
  /** For variants that read texts through an embedding model. */
  readonly embedding: OnnxEmbedderSettings | null;
  readonly onProgress: (fraction: number, words: string) => void;
  /** Trains even where there is a model. */
  readonly anew: boolean;
}

const seed = 1;

/**
 * The starter model from the data folder, or trained now (some seconds, in a worker thread) when there is none
 * for these tickets and settings. A file that is damaged is trained anew.
 */
export async function loadStarterModel(options: StarterModelOptions): Promise<TriageModel> {
  const { onProgress, anew } = options;
  const file = starterModelFile(options);
  if (!anew && existsSync(file)) {
    try {
      return loadTriageModel(readFileSync(file));
    } catch {
      onProgress(0, 'the saved model is damaged and is trained anew');
    }
  }
  const bytes = await trainInWorker(options);
  mkdirSync(dirname(file), { recursive: true });
  // Written beside and then renamed: a process that is killed meanwhile leaves no half of a model.
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, file);
  return loadTriageModel(bytes);
}

type StarterModelKey = Pick<StarterModelOptions, 'dataFolder' | 'tickets' | 'variant' | 'embedding'>;

/** Where the model for these tickets lies, or will lie. */
export const starterModelFile = (key: StarterModelKey): string =>
  join(key.dataFolder, 'models', `starter-${key.variant}-${fingerprint(key)}.model`);

/** Changes with the tickets and the settings, so that an upgrade trains anew and nothing else does. */
function fingerprint({ tickets, variant, embedding }: StarterModelKey): string {
  const { features, members } = variantNamed(variant);
  const parts = { features, members: members(1).map((m) => [m.kind, m]), modelContents };
  const settings = { seed, defaultTriageSettings, ...parts, embedding };
  return createHash('sha256').update(readFileSync(tickets)).update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}

/** What the training thread is given. */
export interface StarterTraining {
  readonly file: string;
  readonly seed: number;
  readonly variant: Variant;
  readonly embedding: OnnxEmbedderSettings | null;
}

export type StarterTrainingMessage =
  | { readonly fraction: number; readonly words: string }
  | { readonly bytes: Uint8Array }
  /** What stands in the way, for the person at the machine. */
  | { readonly problem: { readonly code: ErrorCode; readonly words: string } };

function trainInWorker({ tickets, variant, embedding, onProgress }: StarterModelOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const workerData: StarterTraining = { file: tickets, seed, variant, embedding };
    const worker = new Worker(new URL('./starter-worker.ts', import.meta.url), { workerData });
    worker.on('message', (message: StarterTrainingMessage) => {
      if ('bytes' in message) resolve(message.bytes);
      else if ('problem' in message) reject(new SignalboxError(message.problem.code, message.problem.words));
      else onProgress(message.fraction, message.words);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the training ended with code ${code}`)));
  });
}
