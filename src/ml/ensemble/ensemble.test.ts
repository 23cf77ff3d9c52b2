import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import type { FitOptions } from '../estimator.ts';
import type { LinearState } from '../linear/linear-state.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { loadClassifier } from '../load-classifier.ts';
import type { Outcome } from '../outcome.ts';
import { type CsrMatrix, fromDense } from '../sparse.ts';
import { Ensemble, type EnsembleState, type MemberFactory } from './ensemble.ts';

const { input, labels } = clouds(90, 11);

function fitted(
  members: readonly MemberFactory[],
  matrix = input,
  names: readonly string[] = labels,
  options: FitOptions = {},
): EnsembleState {
  const outcome = new Ensemble({ members, load: loadClassifier }).fit(matrix, names, options);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** Writes down the first column of the rows it learns from, and of those it is asked about. */
class Watched extends LogisticRegression {
  readonly learned: number[][];
  readonly asked: number[][];

  constructor(learned: number[][], asked: number[][]) {
    super();
    this.learned = learned;
    this.asked = asked;
  }

  override fit(matrix: CsrMatrix, names: readonly string[]): Outcome<LinearState> {
    this.learned.push(firstColumn(matrix));
    return super.fit(matrix, names);
  }

  override logits(state: LinearState, matrix: CsrMatrix): Float64Array {
    this.asked.push(firstColumn(matrix));
    return super.logits(state, matrix);
  }
}

const firstColumn = ({ rows, indptr, values }: CsrMatrix): number[] =>
  Array.from({ length: rows }, (_, r) => values[indptr[r]!]!);

describe('an ensemble', () => {
  it('is pooled by what members say of groups they have not seen, and learns from all rows in the end', () => {
    const [learned, asked]: number[][][] = [[], []];
    const groups = Array.from({ length: 60 }, (_, r) => `g${Math.floor(r / 4)}`);
    const matrix = fromDense(
      groups.map((_, r) => [1 + Math.floor(r / 4), r % 3, r % 2]),
      3,
    );
    const names = groups.map((_, r) => (r % 3 === 0 ? 'a' : 'b'));
    fitted([() => new Watched(learned!, asked!)], matrix, names, { groups });
    expect(learned).toHaveLength(4);
    expect(learned!.pop()).toHaveLength(60);
    for (const [fold, rows] of asked!.entries()) {
      const known = new Set(learned![fold]);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter((group) => known.has(group))).toEqual([]);
    }
    expect(asked!.flat()).toHaveLength(60);
  });

  it('tells how far it is, and one member of it is still a calibrated one', () => {
    const seen: number[] = [];
    const member = () => new LogisticRegression({ c: 3 });
    const state = fitted([member], input, labels, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    expect(state.stacker.weights).toHaveLength(1);
    expect(state.members).toHaveLength(1);
  });

  it('hands on why a member refused', () => {
    class Refusing extends LogisticRegression {
      override fit(): Outcome<LinearState> {
        return { ok: false, reason: 'Not today.' };
      }
    }
    const outcome = new Ensemble({ members: [() => new Refusing()], load: loadClassifier }).fit(input, labels);
    expect(outcome).toEqual({ ok: false, reason: 'Not today.' });
  });

  it('works where no fold knows every class: members share equally', () => {
    const names = labels.map((label, r) => (r === 5 ? 'rare' : label));
    const state = fitted([() => new LogisticRegression(), () => new LogisticRegression({ c: 3 })], input, names);
    expect(state.classes).toContain('rare');
    expect(state.stacker.biases.every(Number.isFinite)).toBe(true);
    const twoRows = fitted(
      [() => new LogisticRegression()],
      fromDense(
        [
          [1, 0],
          [0, 1],
        ],
        2,
      ),
      ['a', 'b'],
    );
    expect([...twoRows.stacker.weights]).toEqual([1]);
  });

  it('refuses a saved state whose members or weights do not fit', () => {
    const ensemble = new Ensemble({ members: [], load: loadClassifier });
    const { header, sections } = ensemble.save(fitted([() => new LogisticRegression()]));
    expect(ensemble.load({ header, sections }).ok).toBe(true);
    const lacks = { ...sections, weights: new Float64Array(2) };
    expect(ensemble.load({ header, sections: lacks })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/do not fit/),
    });
    const { classes } = header;
    expect(ensemble.load({ header: { classes, members: [{ kind: 'none' }] }, sections }).ok).toBe(false);
    expect(ensemble.load({ header: { classes }, sections }).ok).toBe(false);
  });
});
