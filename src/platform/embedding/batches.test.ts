import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, planBatches } from './batches.ts';

describe('planBatches', () => {
  it('names every row once, in batches that are no larger than asked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { maxLength: 3000 }), fc.integer({ min: 1, max: 70 }), (lengths, batch) => {
        const batches = [...planBatches(lengths, batch)];
        expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        for (const rows of batches) expect(rows.length).toBeLessThanOrEqual(batch);
      }),
      { numRuns: 50 },
    );
  });

  it('puts rows of like length together, equal ones in the order they came', () => {
    expect([...planBatches([9, 1, 8, 1, 9], 2)]).toEqual([[1, 3], [2, 0], [4]]);
  });
});

describe('cutText', () => {
  it('leaves what a model can read as it is', () => {
    const text = 'Größe 58 🙂'.repeat(100);
    expect(cutText(text, 256)).toBe(text);
  });

  it('cuts noise and never leaves half a character', () => {
    const cut = cutText(`${'x'.repeat(63)}🙂 and on`, 1);
    expect(cut).toHaveLength(64);
    expect(cut.isWellFormed()).toBe(true);
  });
});
