import { DocumentReader, type ReadOptions } from './document-reader.ts';
import { checkText, readPlain } from './read-file.ts';
import { recogniseKind } from './recognise-kind.ts';
import { type Extraction, extractLimits, type FileToRead, type Unreadable, unreadable } from './types.ts';

/** Text of so many bytes is read at once (1 MB: 3 ms); anything else goes to the worker. */
const inlineBytes = 1024 * 1024;

/** A folder of a thousand documents must not keep a customer's file waiting. */
const patient = { mostWaiting: Number.POSITIVE_INFINITY, longestWait: Number.POSITIVE_INFINITY } as const;
/** In the background nobody is told to come back: a document of the folder would lose what is known from it. */
const readers = { now: new DocumentReader(), background: new DocumentReader(patient) } as const;

export interface ExtractOptions extends ReadOptions {
  /** `now` unless said: somebody waits for it. */
  readonly queue?: keyof typeof readers;
}

/**
 * The text of a document as Markdown: Markdown, plain text, HTML, PDF and DOCX, up to 25 MB and 5 million characters.
 * What it is, its content says. All but short text is read in a worker thread, one document of a queue at a time, for
 * 60 s at most; a document that takes longer, runs out of memory or breaks the thread is unreadable. The caller's bytes
 * stay as they are.
 * @throws only the reason of `signal`
 */
export async function extractText(file: FileToRead, options: ExtractOptions = {}): Promise<Extraction | Unreadable> {
  const { length } = file.bytes;
  if (length === 0) return unreadable('The file is empty (0 bytes).');
  if (length > extractLimits.bytes) return tooLarge(length);
  const kind = recogniseKind(file);
  if (typeof kind !== 'string') return kind;
  if ((kind === 'text/markdown' || kind === 'text/plain') && length <= inlineBytes) {
    const read = readPlain(kind, file.bytes);
    return read.ok ? checkText(read) : read;
  }
  return readers[options.queue ?? 'now'].read({ kind, bytes: file.bytes }, options);
}

/** For a caller that knows the size before it has the bytes. */
export function tooLarge(bytes: number): Unreadable {
  const megabytes = (n: number) => (n / 1024 / 1024).toFixed(1);
  return unreadable(
    `The file has ${megabytes(bytes)} MB; at most ${megabytes(extractLimits.bytes)} MB are read. Split it.`,
  );
}
