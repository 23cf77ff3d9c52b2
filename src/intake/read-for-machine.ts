import { type ReadText, readUntrusted } from './untrusted/read-untrusted.ts';

/** With so many words of its own a message says what it wants; a shorter one ("see attached") may leave it to its files. */
const enoughWords = 12;
/** Characters of one file, and files, that stand in for a message. */
const mostOfFile = 1_500;
const mostFiles = 3;

export interface MessageWithFiles {
  readonly subject: string;
  readonly body: string;
  /** Texts of what came with it, in order. */
  readonly files: readonly string[];
}

/**
 * What of a message the machine reads: its own words, and where these are few the beginnings of what came with it.
 * Orders, quotes and hidden text are set aside in both. Pure.
 */
export function readForMachine({ subject, body, files }: MessageWithFiles): ReadText {
  const read = readUntrusted({ subject, body, attachments: files.slice(0, mostFiles) });
  if (files.length === 0 || countWords(read.body) >= enoughWords) return read;
  const excerpts = read.attachments.map((text) => text.slice(0, mostOfFile).toWellFormed().trim());
  return { ...read, body: [read.body, ...excerpts].filter((part) => part !== '').join('\n\n') };
}

const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
