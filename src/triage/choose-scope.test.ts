import { describe, expect, it } from 'vitest';
import { blendScope, createRandom, rocAuc } from '../ml/index.ts';
import { chooseScope, fitBlend, scoreScope } from './choose-scope.ts';
import type { OutOfFoldRow } from './training-metrics.ts';

/** Rows of which the first sign tells a little and the second nothing; the rows out of scope come last. */
function unseen(inScope: number, outOfScope: number, folds = 3): OutOfFoldRow[] {
  const random = createRandom(7);
  return Array.from({ length: inScope + outOfScope }, (_, row) => ({
    row,
    fold: row % folds,
    ticket: { subject: '', body: `case ${row}`, category: row < inScope ? 'Billing' : null },
    classes: ['Account', 'Billing'],
    complete: true,
    members: [],
    logits: new Float64Array(2),
    signs: [random.next() + (row < inScope ? 0.6 : 0), random.next()],
    scopeScore: 0,
    urgency: null,
  }));
}

const sides = (rows: readonly OutOfFoldRow[]): [number[], number[]] => [
  rows.filter(({ ticket }) => ticket.category !== null).map(({ scopeScore }) => scopeScore),
  rows.filter(({ ticket }) => ticket.category === null).map(({ scopeScore }) => scopeScore),
];

describe('chooseScope', () => {
  it.each([0.01, 0.05, 0.2])('loses at most %f of the in-scope rows, and no fewer than it may', (maxLost) => {
    const rows = scoreScope(unseen(200, 60));
    const { threshold } = chooseScope(rows, null, maxLost);
    const [inScope, outOfScope] = sides(rows);
    const lost = inScope.filter((score) => score < threshold).length / inScope.length;
    expect(lost).toBeLessThanOrEqual(maxLost);
    expect(lost).toBeGreaterThan(maxLost - 1.5 / inScope.length);
    // What is caught is more than what is lost: the threshold stands on the right side.
    expect(outOfScope.filter((score) => score < threshold).length / outOfScope.length).toBeGreaterThan(lost);
  });

  it('gives up no more than 2 % where no row out of scope shows what is gained', () => {
    const rows = scoreScope(unseen(200, 0));
    const { threshold, blend } = chooseScope(rows, null, 0.2);
    const [inScope] = sides(rows);
    expect(inScope.filter((score) => score < threshold)).toHaveLength(4);
    expect(blend.weights).toEqual([1, 1]);
  });

  it('abstains from nothing when it was shown no in-scope row', () => {
    expect(chooseScope(scoreScope(unseen(0, 30)), null, 0.05).threshold).toBe(Number.NEGATIVE_INFINITY);
    expect(chooseScope([], null, 0.05)).toMatchObject({ threshold: Number.NEGATIVE_INFINITY, classifier: null });
  });
});

describe('scoreScope', () => {
  it('scores every row once, by a blend that has not seen its fold', () => {
    const rows = unseen(60, 30);
    const scored = scoreScope(rows);
    expect(scored.map(({ row }) => row).sort((a, b) => a - b)).toEqual(rows.map(({ row }) => row));
    for (const { fold, signs, scopeScore } of scored)
      expect(scopeScore).toBe(blendScope(fitBlend(rows.filter((other) => other.fold !== fold)), signs));
  });

  it('tells the sides apart better than a sign that tells nothing, and weighs that less', () => {
    const rows = unseen(200, 100);
    const [inScope, outOfScope] = sides(scoreScope(rows));
    const single = (sign: number) => rocAuc(...sides(rows.map((r) => ({ ...r, scopeScore: r.signs[sign]! }))));
    expect(rocAuc(inScope, outOfScope)).toBeGreaterThan(single(1) + 0.2);
    const { weights } = fitBlend(rows);
    expect(weights[0]!).toBeGreaterThan(2 * weights[1]!);
  });

  it('does without the last sign where a fold lacks it: no row scores NaN, and no more are lost than may be', () => {
    const rows = unseen(200, 60).map((row) =>
      row.fold === 0 ? row : { ...row, signs: [...row.signs, 3 * row.signs[0]!] },
    );
    const scored = scoreScope(rows);
    expect(scored).toEqual(scoreScope(unseen(200, 60)).map((row) => ({ ...row, signs: rows[row.row]!.signs })));
    const { threshold, blend } = chooseScope(scored, null, 0.05);
    expect(blend.weights).toHaveLength(2);
    const [inScope] = sides(scored);
    expect(inScope.filter((score) => score < threshold).length / inScope.length).toBeLessThanOrEqual(0.05);
  });

  it('bears rows of a single fold', () => {
    expect(scoreScope(unseen(10, 5, 1)).every(({ scopeScore }) => Number.isFinite(scopeScore))).toBe(true);
  });
});
