/** What of a chunk its vector stands for: where it stands, the questions it answers, what it says. */
export function chunkText(chunk: {
  readonly heading: string;
  readonly asked: readonly string[];
  readonly text: string;
}): string {
  return [chunk.heading, ...chunk.asked, chunk.text].join('\n');
}
