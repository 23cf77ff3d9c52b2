import { parentPort } from 'node:worker_threads';
import { readFile } from './read-file.ts';
import type { Extraction, ReadableType, Unreadable } from './types.ts';

/** The thread that reads documents, one at a time: `ToExtract` in, what came of it out. A throw ends it. */
export interface ToExtract {
  readonly kind: ReadableType;
  readonly bytes: Uint8Array;
}
export type Extracted = Extraction | Unreadable;

parentPort!.on('message', async ({ kind, bytes }: ToExtract) => {
  parentPort!.postMessage((await readFile(kind, bytes)) satisfies Extracted);
});
