import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { SignalboxError } from '../../ticket/index.ts';
import { type FileSource, openBytes } from './open-bytes.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What one pass over a file tells before its first row is read. */
export interface Inspection {
  readonly encoding: Encoding;
  /** SHA-256 of the unpacked content: the same rows packed anew are the same file. */
  readonly hash: string;
}

/**
 * Reads the whole file once, in bounded memory: hash, encoding, and whether a .gz is whole, so that nothing is
 * stored of a file that turns out to be cut. About 0.3 s for 100 MB.
 * @throws `file-unreadable` for an empty, binary, packed or cut file, and for an encoding that is not known
 */
export async function inspectFile(source: FileSource): Promise<Inspection> {
  const hash = createHash('sha256');
  let encoding: Encoding | null = null;
  let checker: TextDecoder | null = null;
  for await (const chunk of openBytes(source).chunks) {
    hash.update(chunk);
    encoding ??= encodingOfStart(chunk, source);
    checker ??= new TextDecoder(encoding, { fatal: true });
    if (encoding !== 'windows-1252' && !decodes(checker, chunk, true)) encoding = notUnicode(encoding, source);
  }
  if (encoding === null || checker === null) throw unreadable(source, 'is empty');
  if (encoding !== 'windows-1252' && !decodes(checker, Buffer.alloc(0), false)) encoding = notUnicode(encoding, source);
  if (encoding === 'windows-1252') await refuseUnlessWestern(source);
  return { encoding, hash: hash.digest('hex') };
}

function notUnicode(encoding: Encoding, source: FileSource): 'windows-1252' {
  if (encoding !== 'utf-8') throw unreadable(source, 'is not valid UTF-16. Save it as UTF-8');
  return 'windows-1252';
}

function decodes(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}

const signatures: readonly [start: string, words: string][] = [
  [
    '504b0304',
    'is a ZIP file, or an Excel workbook that is damaged or comes through a pipe. Give the workbook as a file (.xlsx), or save it as CSV (UTF-8)',
  ],
  [
    'd0cf11e0',
    'is an old Excel file (.xls) or a workbook with a password. Save it as .xlsx without a password, or as CSV (UTF-8)',
  ],
  ['25504446', 'is a PDF, not a list of tickets'],
  ['28b52ffd', 'is packed with zstd. Unpack it first, or pack it with gzip'],
  ['425a68', 'is packed with bzip2. Unpack it first, or pack it with gzip'],
  ['fd377a58', 'is packed with xz. Unpack it first, or pack it with gzip'],
];

/** By byte order mark, else by where zeros stand; UTF-8 where nothing speaks against it. */
export function encodingOfStart(start: Buffer, source: FileSource): Encoding {
  const hex = start.toString('hex', 0, 4);
  for (const [signature, words] of signatures) if (hex.startsWith(signature)) throw unreadable(source, words);
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  const head = start.subarray(0, 4_096);
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const [even, odd] = zeros as [number, number];
  if (even + odd === 0) return 'utf-8';
  // Text of our languages in UTF-16 has a zero in nearly every second byte, and on one side only.
  if (odd > head.length / 4 && even < odd / 10) return 'utf-16le';
  if (even > head.length / 4 && odd < even / 10) return 'utf-16be';
  throw unreadable(source, 'is binary, not text');
}

/** What letters beyond ASCII look like in western European mail; other eight-bit encodings put other signs there. */
const westernSigns = new Set(
  Buffer.from(
    'e4f6fcc4d6dcdfe9e8e0e7f1e1edf3faeaeeeeeff4fbe2ebf9e5e6f8c9c8c0c7d1c5c6d8' +
      '8084858b91929394959697999ba0a3a7a9abaeb0b4b7bb',
    'hex',
  ),
);

async function refuseUnlessWestern(source: FileSource): Promise<void> {
  let signs = 0;
  let western = 0;
  for await (const chunk of openBytes(source).chunks) {
    for (const byte of chunk) {
      if (byte < 0x80) continue;
      signs++;
      if (westernSigns.has(byte)) western++;
    }
  }
  if (western < signs * 0.9)
    throw unreadable(source, 'is neither UTF-8 nor Windows-1252, so its letters would be wrong. Save it as UTF-8');
}

export const unreadable = (source: FileSource, words: string): SignalboxError =>
  new SignalboxError('file-unreadable', `${source.name} ${words}.`);
