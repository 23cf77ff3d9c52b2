import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleGroups } from './sample-groups.ts';

const countOf = (labels: Int32Array, rows: Int32Array, label: number) =>
  rows.filter((row) => labels[row] === label).length;

describe('rows drawn by group', () => {
  it('are whole groups, ascending, the same for a seed, and about as many as wanted', () => {
    const rows = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 60 })), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 5, max: 220 }), fc.nat(), (given, wanted, seed) => {
        const labels = Int32Array.from(given, ([label]) => label);
        const groups = Int32Array.from(given, ([, group]) => group);
        const drawn = sampleGroups(labels, groups, { rows: wanted, seed });
        expect(sampleGroups(labels, groups, { rows: wanted, seed })).toEqual(drawn);
        expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        const kept = new Set(Array.from(drawn, (row) => groups[row]!));
        expect(groups.filter((group) => kept.has(group)).length).toBe(drawn.length);
        if (given.length <= wanted) expect(drawn.length).toBe(given.length);
        const largest = Math.max(...Array.from(groups, (group) => groups.filter((g) => g === group).length));
        expect(drawn.length).toBeLessThanOrEqual(Math.min(given.length, wanted + 5 * largest));
      }),
    );
  });

  it('are as many as wanted where every group mixes classes', () => {
    const labels = Int32Array.from({ length: 120 }, (_, row) => row % 2);
    const groups = labels.map((_, row) => Math.floor(row / 4));
    expect(sampleGroups(labels, groups, { rows: 100, seed: 1 })).toHaveLength(100);
  });

  it('keep the share of large classes and up to fifty of a rare one', () => {
    const labels = Int32Array.from({ length: 10_000 }, (_, row) => (row < 60 ? 2 : row % 4 === 0 ? 1 : 0));
    const groups = labels.map((_, row) => row);
    const drawn = sampleGroups(labels, groups, { rows: 1000, seed: 1 });
    expect(drawn.length).toBeLessThanOrEqual(1000);
    expect(drawn.length).toBeGreaterThan(990);
    expect(countOf(labels, drawn, 2)).toBe(50);
    expect(countOf(labels, drawn, 0) / countOf(labels, drawn, 1)).toBeCloseTo(3, 1);
  });
});
