import { endianness } from 'node:os';

/** How vectors lie in rows and files: 32-bit floats, little end first, so that every machine reads the same bits. */
export function bytesOf(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  return endianness() === 'LE' ? bytes : swapped(bytes);
}

/** A copy: the bytes of a row may lie at any place of a larger buffer. */
export function vectorOf(bytes: Uint8Array): Float32Array {
  const own = endianness() === 'LE' ? bytes.slice() : swapped(bytes);
  return new Float32Array(own.buffer, own.byteOffset, own.byteLength / 4);
}

const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap32());
