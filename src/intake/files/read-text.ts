import { TextDecoder } from 'node:util';
import type { FileSource, OpenedBytes } from './open-bytes.ts';
import { type Encoding, encodingOfStart, unreadable } from './recognise-encoding.ts';

/**
 * The text of a file, piece by piece, without its byte order mark. Without a known encoding (a pipe, which can be read
 * only once) the first bytes decide, and bytes that do not fit end the reading.
 */
export async function* readText(
  source: FileSource,
  bytes: OpenedBytes,
  known: Encoding | null,
): AsyncGenerator<string, void, void> {
  let decoder: TextDecoder | null = null;
  const decode = (chunk: Buffer | undefined): string => {
    try {
      return decoder!.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw unreadable(
        source,
        `is not valid ${decoder!.encoding.toUpperCase()} (perhaps Windows-1252). Save it as UTF-8${source.path === '-' ? ', or give it as a file' : ''}`,
      );
    }
  };
  for await (const chunk of bytes.chunks) {
    decoder ??= new TextDecoder(known ?? encodingOfStart(chunk, source), { fatal: true });
    const text = decode(chunk);
    if (text !== '') yield text;
  }
  if (decoder === null) throw unreadable(source, 'is empty');
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}
