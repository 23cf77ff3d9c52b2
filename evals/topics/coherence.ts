/** Word → the numbers of the texts it stands in. */
export interface Postings {
  readonly texts: number;
  readonly of: ReadonlyMap<string, ReadonlySet<number>>;
}

export function postingsOf(texts: readonly (readonly string[])[]): Postings {
  const of = new Map<string, Set<number>>();
  texts.forEach((words, i) => {
    for (const word of words) of.set(word, (of.get(word) ?? new Set<number>()).add(i));
  });
  return { texts: texts.length, of };
}

/** Mean over topics of the mean NPMI of their pairs; pairs with a word the texts don't know are left out. */
export function coherence(topics: readonly (readonly string[])[], reference: Postings): number {
  const means = topics.flatMap((words) => mean(pairsOf(words).flatMap(([a, b]) => npmi(a, b, reference))));
  return mean(means)[0] ?? 0;
}

function pairsOf(words: readonly string[]): [string, string][] {
  return words.flatMap((a, i) => words.slice(i + 1).map((b): [string, string] => [a, b]));
}

function npmi(a: string, b: string, { texts, of }: Postings): number[] {
  const [first, second] = [of.get(a), of.get(b)];
  if (first === undefined || second === undefined) return [];
  const both = [...first].filter((text) => second.has(text)).length / texts;
  if (both === 0) return [-1];
  if (both === 1) return [1];
  return [Math.log((both * texts * texts) / (first.size * second.size)) / -Math.log(both)];
}

/** Empty for nothing. */
function mean(values: readonly number[]): number[] {
  return values.length === 0 ? [] : [values.reduce((sum, value) => sum + value, 0) / values.length];
}
