import { type CsrMatrix, LogisticRegression, selectRows } from '../../src/ml/index.ts';

const regression = new LogisticRegression({ c: 10, classWeight: 'balanced', tolerance: 1e-3 });

/**
 * Logit of "in scope" for the rows of `unseen`, learned from the rows of `known`, of which those from `firstOut` on
 * are out of scope. The same rows stand in `unseen` at `outAt` and following: theirs come from the other half.
 */
export function scopeLogits(known: CsrMatrix, firstOut: number, unseen: CsrMatrix, outAt: number): Float64Array {
  const rowsOut = known.rows - firstOut;
  const isOut = (row: number): boolean => row >= firstOut;
  const learn = (rows: readonly number[], of: CsrMatrix): Float64Array => {
    const fitted = regression.fit(
      selectRows(known, rows),
      rows.map((row) => (isOut(row) ? 'out' : 'in')),
    );
    if (!fitted.ok) throw new Error(fitted.reason);
    const logits = regression.logits(fitted.value, of);
    return Float64Array.from({ length: of.rows }, (_, r) => logits[2 * r]! - logits[2 * r + 1]!);
  };
  const everything = Array.from({ length: known.rows }, (_, row) => row);
  const scores = learn(everything, unseen);
  for (const half of [0, 1]) {
    const held = Array.from({ length: rowsOut }, (_, i) => i).filter((i) => i % 2 === half);
    const rest = everything.filter((row) => !isOut(row) || (row - firstOut) % 2 !== half);
    const ofHeld = learn(
      rest,
      selectRows(
        unseen,
        held.map((i) => outAt + i),
      ),
    );
    held.forEach((i, at) => {
      scores[outAt + i] = ofHeld[at]!;
    });
  }
  return scores;
}
