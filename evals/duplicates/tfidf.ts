/**
 * Cosines of TF-IDF vectors, the plain measure to beat: words of two letters or more, or runs of 3 to 5 characters
 * within words (with a blank at either end); inverse document frequency of the texts themselves, smoothed, as
 * scikit-learn has it.
 */
export function tfidfCosines(texts: readonly string[], unit: 'words' | 'characters'): (a: number, b: number) => number {
  const counts = texts.map((text) => countOf(unit === 'words' ? wordsOf(text) : runsOf(text)));
  const frequency = new Map<string, number>();
  for (const terms of counts) for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const rows = counts.map((terms) => {
    const row = new Map<string, number>();
    let squares = 0;
    for (const [term, count] of terms) {
      const value = count * (Math.log((1 + texts.length) / (1 + frequency.get(term)!)) + 1);
      row.set(term, value);
      squares += value * value;
    }
    return { row, length: Math.sqrt(squares) || 1 };
  });
  return (a, b) => {
    const [left, right] = [rows[a]!, rows[b]!];
    let dot = 0;
    for (const [term, value] of left.row) dot += value * (right.row.get(term) ?? 0);
    return dot / (left.length * right.length);
  };
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];

function runsOf(text: string): string[] {
  const runs: string[] = [];
  for (const word of text.toLowerCase().match(/\S+/g) ?? []) {
    const padded = ` ${word} `;
    for (let size = 3; size <= 5; size++)
      for (let i = 0; i + size <= padded.length; i++) runs.push(padded.slice(i, i + size));
  }
  return runs;
}

function countOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
