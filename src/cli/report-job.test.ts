import { describe, expect, it } from 'vitest';
import { loneGroupWarnings } from './report-job.ts';

const ticketsOf = (rows: readonly (readonly [category: string | null, group: string])[]) =>
  rows.map(([category, group]) => ({ subject: '', body: 'text', category, group }));

describe('categories that stand in one group', () => {
  it('are named, unless they have a single row, which is told before', () => {
    const rows = [
      ['template', 'g1'],
      ['template', 'g1'],
      ['sound', 'g2'],
      ['sound', 'g1'],
      ['single', 'g3'],
      [null, 'g4'],
      [null, 'g4'],
    ] as const;
    expect(loneGroupWarnings(ticketsOf(rows), { kind: 'training' })).toEqual([
      expect.stringMatching(/^All rows in one group: "template" \(2 rows\)\. .*always counts as wrong/),
    ]);
    expect(loneGroupWarnings(ticketsOf(rows), { kind: 'evaluation' })).toEqual([]);
    expect(loneGroupWarnings(ticketsOf(rows.slice(2)), { kind: 'training' })).toEqual([]);
  });

  it('are counted where they are many', () => {
    const rows = Array.from({ length: 14 }, (_, i) => [`c${i >> 1}`, `g${i >> 1}`] as const);
    expect(loneGroupWarnings(ticketsOf(rows), { kind: 'training' })[0]).toContain('and 2 more');
  });
});
