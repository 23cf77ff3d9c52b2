import { createHash } from 'node:crypto';
import { extractText } from '../../platform/index.ts';

/** A file that came with a ticket or a message. */
export interface GivenFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** The same with its text, or the reason why there is none; ready to be stored. */
export interface ReadAttachment extends GivenFile {
  readonly sha256: string;
  readonly text: string | null;
  readonly problem: string | null;
}

/** Milliseconds for one file: its sender waits. */
const patience = 20_000;

/**
 * Reads the text of each file once, before anything is stored. A file that cannot be read is kept with the reason: a
 * picture or a recording too, until there is a reader for it.
 */
export async function readAttachments(files: readonly GivenFile[]): Promise<ReadAttachment[]> {
  const read: ReadAttachment[] = [];
  for (const file of files) {
    const result = await extractText(file, { milliseconds: patience });
    const { text, problem } = result.ok
      ? { text: result.text, problem: null }
      : { text: null, problem: result.problem };
    read.push({ ...file, sha256: createHash('sha256').update(file.bytes).digest('hex'), text, problem });
  }
  return read;
}
