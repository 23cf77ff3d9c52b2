import { type Unreadable, unreadable } from './types.ts';

/**
 * The text of a file in UTF-8, or UTF-16 with a byte order mark; HTML also in the encoding that it names itself.
 * Lines end in \n.
 */
export function readText(bytes: Uint8Array, isHtml: boolean): string | Unreadable {
  const named = isHtml ? encodingInHtml(bytes) : null;
  const text = decode(bytes, encodingByMark(bytes) ?? 'utf-8') ?? (named === null ? null : decode(bytes, named));
  if (text === null) {
    return unreadable(
      bytes.includes(0)
        ? 'The file is binary, not text.'
        : 'The text is not UTF-8 (perhaps Windows-1252). Save it again as UTF-8.',
    );
  }
  if (text.includes('\u0000')) return unreadable('The file is binary, not text.');
  return text;
}

function encodingByMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

const encodingInHtml = (bytes: Uint8Array): string | null =>
  /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2_048)).toString('latin1'),
  )?.[1] ?? null;

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    // The decoder drops a byte order mark by itself.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}
