import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SignalboxError } from '../../ticket/index.ts';

/** Bytes of a file (or of standard input), unpacked where they are gzip: by content, whatever the name says. */
export interface OpenedBytes {
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes taken from the file so far, before unpacking. */
  taken(): number;
}

/** A path, `-` for standard input, and what to call it in words. */
export interface FileSource {
  readonly path: string;
  readonly name: string;
}

/** @throws `file-unreadable` while reading, with what to do */
export function openBytes(source: FileSource): OpenedBytes {
  let taken = 0;
  const raw = source.path === '-' ? process.stdin : createReadStream(source.path);
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      taken += chunk.length;
      yield chunk;
    }
  }
  return { chunks: readable(source.name, counted()), taken: () => taken };
}

async function* readable(name: string, raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* unpacked(raw);
  } catch (error) {
    throw explain(name, error);
  }
}

async function* unpacked(raw: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const start = await firstBytes(raw, 4);
  if (!(start[0] === 0x1f && start[1] === 0x8b)) {
    if (start.length > 0) yield start;
    yield* raw;
    return;
  }
  async function* packed(): AsyncGenerator<Buffer> {
    yield start;
    yield* raw;
  }
  const gunzip = createGunzip();
  // An error of either side reaches the reader through gunzip; here it must only not be unhandled.
  pipeline(Readable.from(packed()), gunzip).catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
}

async function firstBytes(raw: AsyncGenerator<Buffer>, wanted: number): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < wanted) {
    const next = await raw.next();
    if (next.done === true) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  return start;
}

/** Whether a file begins as a ZIP file does, as workbooks are. @throws `file-unreadable` */
export async function isZip(source: FileSource): Promise<boolean> {
  for await (const chunk of openBytes(source).chunks) return chunk.toString('hex', 0, 4) === '504b0304';
  return false;
}

const reasons: Readonly<Record<string, (name: string) => string>> = {
  ENOENT: (name) => `There is no file ${name}.`,
  EISDIR: (name) => `${name} is a folder; name a file in it.`,
  EACCES: (name) => `${name} may not be read by this user.`,
  Z_BUF_ERROR: (name) =>
    `${name} is cut off: its gzip data ends too early. Get the file again; what is there can be read with: zcat FILE | signalbox triage -`,
  Z_DATA_ERROR: (name) => `${name} is damaged: its gzip data cannot be unpacked. Get the file again.`,
};

function explain(name: string, error: unknown): unknown {
  if (error instanceof SignalboxError) return error;
  const { code } = error as { code?: string };
  if (code === undefined) return error;
  const sentence = reasons[code]?.(name) ?? `${name} cannot be read (${code}).`;
  return new SignalboxError('file-unreadable', sentence, { cause: error });
}
