/**
 * 16 hexadecimal digits that tell states apart, not to be relied on against malice: two FNV-like runs over the bytes with
 * different multipliers (mathematics has no packages, and a hash of the platform would have to be handed through to
 * every worker). 2 ns a byte.
 */
export function contentHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5 | 0;
  let b = 0x9e3779b9 | 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte ^ (b >>> 15), 0x5bd1e995);
  }
  return hex(a ^ (b >>> 13)) + hex(b ^ (a >>> 16));
}

const hex = (number: number): string => (number >>> 0).toString(16).padStart(8, '0');
