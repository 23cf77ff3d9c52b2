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

/** Milliseconds for one file, and after which no further one is begun: their sender waits, and others behind. */
const patience = 20_000;
const together = 30_000;
const tooLate = 'The files before it took so long that it was not read. Send it by itself.';

/**
 * Reads the text of each file once, before anything is stored. A file that cannot be read is kept with the reason: a
 * picture or a recording too, until there is a reader for it.
 */
export async function readAttachments(files: readonly GivenFile[]): Promise<ReadAttachment[]> {
  const read: ReadAttachment[] = [];
  const started = performance.now();
  for (const file of files) {
    const late = performance.now() - started > together;
    const result = late
      ? ({ ok: false, problem: tooLate } as const)
      : await extractText(file, { milliseconds: patience });
    const { text, problem } = result.ok
      ? { text: result.text, problem: null }
      : { text: null, problem: result.problem };
    read.push({ ...file, sha256: createHash('sha256').update(file.bytes).digest('hex'), text, problem });
  }
  return read;
}
