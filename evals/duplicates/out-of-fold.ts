import { fitKinds, joinRows, type Lines, logitOf, type Rows } from './fit-logistic.ts';
import { prior } from './mixture.ts';
import type { LabelledPair } from './pair-rows.ts';

const folds = 7;

/**
 * The logit of each pair by weights that were fitted without any pair that touches a thread of its two folds; `others`
 * (rows of other sources) take part in every fit. Threads are dealt to seven folds in turn.
 */
export function outOfFold(
  rows: Rows,
  pairs: readonly LabelledPair[],
  threadOf: readonly number[],
  others: Rows,
): Float64Array {
  const foldOf = (text: number): number => threadOf[text]! % folds;
  const joined = joinRows([rows, others]);
  const lines = new Map<number, Lines>();
  return Float64Array.from(pairs, ({ a, b }, r) => {
    const [low, high] = [Math.min(foldOf(a), foldOf(b)), Math.max(foldOf(a), foldOf(b))];
    const key = low * folds + high;
    let line = lines.get(key);
    if (line === undefined) {
      const outside = (text: number): boolean => foldOf(text) !== low && foldOf(text) !== high;
      line = fitKinds(joined, {
        prior,
        take: (row) => row >= pairs.length || (outside(pairs[row]!.a) && outside(pairs[row]!.b)),
      });
      lines.set(key, line);
    }
    return logitOf(rows, r, line);
  });
}
