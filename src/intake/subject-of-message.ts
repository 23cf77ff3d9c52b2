const longest = 80;

/** A message that comes without a subject gets its own beginning as one: cut at a word, never within a character. */
export function subjectOf(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() || message.trim();
  const characters = [...line];
  if (characters.length <= longest) return line;
  const blank = characters.lastIndexOf(' ', longest);
  return `${characters.slice(0, blank > longest / 2 ? blank : longest).join('')} …`;
}
