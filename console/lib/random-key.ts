/** 128 random bits as hex. Not crypto.randomUUID: that is missing on pages served by plain HTTP to other machines. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
