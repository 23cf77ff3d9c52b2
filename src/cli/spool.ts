import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Standard input as a file, for what needs to read it twice: its rows get a key from the hash of the whole. Only this
 * user can read it, and it goes when the process ends.
 */
export async function spoolInput(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-input-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  return path;
}
