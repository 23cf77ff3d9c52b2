import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  decodeOrderModel,
  encodeOrderModel,
  type ScoreSentence,
  type SentenceScore,
  sentenceScorer,
} from './order-model.ts';
import { type OrderSources, readOrderRows } from './order-rows.ts';
import { detectorSettings, trainOrderModel } from './train-order-model.ts';

/** Where the detector's sentences lie, and where what was learned from them may be kept. */
export interface OrderDetectorFiles {
  /** The folder with orders.jsonl, tickets.jsonl and knowledge/*.md. */
  readonly starter: string;
  /** Made when it is not there; what cannot be written or read there is learned again each time. */
  readonly cacheFolder: string;
}

let prepared: ScoreSentence | null = null;

/**
 * Makes the detector of orders ready: read from the cache (5 ms), or learned from the starter's sentences (1.2 s, in
 * this thread) and written there. The program calls it before it listens or reads a file. The name of the file holds
 * a hash of the sentences and the settings, so an upgrade learns anew; a damaged file is learned anew, too.
 * @throws Error when the starter itself cannot be read
 */
export function prepareOrderDetector(files: OrderDetectorFiles): void {
  prepared = sentenceScorer(openOrderModel(files));
}

/** The detector by itself, for tests of it. */
export function openOrderModel({ starter, cacheFolder }: OrderDetectorFiles) {
  const sources = readSources(starter);
  const file = join(cacheFolder, `orders-${fingerprint(sources)}.model`);
  try {
    return decodeOrderModel(readFileSync(file));
  } catch {
    // Not there, or damaged.
  }
  const model = trainOrderModel(readOrderRows(sources));
  const bytes = encodeOrderModel(model);
  keep(file, bytes, cacheFolder);
  // What was saved has less precise weights: all processes read the same.
  return decodeOrderModel(bytes);
}

/** Who asks before anything was prepared (tests, evals) waits for the detector at the first sentence. */
export function scoreSentence(sentence: string): SentenceScore {
  if (prepared === null) prepareOrderDetector(besideTheProgram);
  return prepared!(sentence);
}

const root = resolve(import.meta.dirname, '../../..');
const besideTheProgram: OrderDetectorFiles = {
  starter: join(root, 'starter'),
  cacheFolder: join(root, 'node_modules', '.cache', 'signalbox'),
};

/** Written beside and then renamed: a process that is killed meanwhile leaves no half of a file. */
function keep(file: string, bytes: Uint8Array, folder: string): void {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  } catch {
    // A folder that may not be written: the next process learns by itself.
  }
}

function readSources(starter: string): OrderSources {
  const read = (name: string) => readFileSync(join(starter, name), 'utf8');
  const documents = readdirSync(join(starter, 'knowledge')).filter((name) => name.endsWith('.md'));
  return {
    orders: read('orders.jsonl'),
    tickets: read('tickets.jsonl'),
    documents: documents.sort().map((name) => read(`knowledge/${name}`)),
  };
}

function fingerprint({ orders, tickets, documents }: OrderSources): string {
  const hash = createHash('sha256').update(JSON.stringify(detectorSettings));
  for (const text of [orders, tickets, ...documents]) hash.update(String(text.length)).update(text);
  return hash.digest('hex').slice(0, 16);
}
