import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clouds } from '../checks/clouds.ts';
import { minimise } from './minimise.ts';
import { searchByColumns } from './softmax-by-columns.ts';
import { searchByRows } from './softmax-by-rows.ts';
import { interceptUnit, type SoftmaxProblem, type SoftmaxSearch } from './softmax-loss.ts';

const { input, labels } = clouds(60, 4);

function problemOf(names: readonly string[], unit: number): SoftmaxProblem {
  const classes = [...new Set(names)].sort();
  return {
    matrix: input,
    targets: Int32Array.from(names, (name) => classes.indexOf(name)),
    rowWeights: new Float64Array(names.length).fill(1 / names.length),
    classes: classes.length,
    penalty: 0.01,
    unit,
  };
}

function minimumOf(search: SoftmaxSearch): { found: number[]; value: number; iterations: number } {
  const { objective, innerProduct, size } = search;
  const minimum = minimise(objective, new Float64Array(size), { tolerance: 1e-7, maxIterations: 500, innerProduct });
  expect(minimum.converged).toBe(true);
  const { weights, intercepts } = search.weightsAt(minimum.x);
  return { found: [...weights, ...intercepts], value: minimum.value, iterations: minimum.iterations };
}

describe('the search for softmax weights', () => {
  // One class more or less than a block of three, and one that fills it.
  it.each([2, 3, 4, 7])('by rows and by columns, in any unit, ends at the same place with %i classes', (classes) => {
    const names = labels.map((label, r) => (classes < 4 ? label.slice(0, 1) : `${label}${r % 3}`));
    const merged = names.map((name) => [...new Set(names)].sort().indexOf(name) % classes).map(String);
    const expected = minimumOf(searchByColumns(problemOf(merged, 1)));
    for (const search of [searchByColumns, searchByRows]) {
      for (const unit of [1, 0.2]) {
        const { found, value } = minimumOf(search(problemOf(merged, unit)));
        expect(value).toBeCloseTo(expected.value, 10);
        found.forEach((weight, i) => {
          expect(weight).toBeCloseTo(expected.found[i]!, 5);
        });
      }
    }
  });

  it('walks the same steps by rows and by columns', () => {
    const problem = problemOf(labels, interceptUnit(input));
    expect(minimumOf(searchByRows(problem)).iterations).toBe(minimumOf(searchByColumns(problem)).iterations);
  });

  it('has a unit above zero for any rows', () => {
    const value = fc.float({ noNaN: true, min: -4, max: 4 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
        const unit = interceptUnit({
          rows: values.length,
          columns: 1,
          indptr: Int32Array.from({ length: values.length + 1 }, (_, r) => r),
          indices: new Int32Array(values.length),
          values: Float32Array.from(values),
        });
        const mean = Math.abs(values.reduce((sum, v) => sum + v, 0) / values.length);
        expect(unit).toBeGreaterThan(0);
        expect(unit).toBeGreaterThanOrEqual(mean - 1e-9);
      }),
    );
  });
});
