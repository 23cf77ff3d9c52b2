const longest = 80;

/** A message that comes without a subject gets its own beginning as one: cut at a word, never within a character. */
export function subjectOf(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() || message.trim();
  const characters = [...line];
  if (characters.length <= longest) return line;
  const blank = characters.lastIndexOf(' ', longest);
  return `${characters.slice(0, blank > longest / 2 ? blank : longest).join('')} …`;
}

/**
 * Subject of several messages that came in a row, parted by blank lines: in chats the first is often a mere greeting
 * ("Hallo" before a clear question cost the classifier 0.4 of its confidence). The first that asks, otherwise the longest.
 */
export function subjectOfBurst(text: string): string {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim() !== '');
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return subjectOf(parts.find((part) => part.includes('?') && /\p{L}+\s+\p{L}+/u.test(part)) ?? longest);
}
