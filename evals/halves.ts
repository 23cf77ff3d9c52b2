/**
 * Halves of a data set by a hash of each text (FNV-1a over UTF-16 units): the first may be looked at and tuned on, the
 * second is only measured. The same text always falls on the same side.
 */
export function isFirstHalf(text: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash >>> 16) & 1) === 0;
}
