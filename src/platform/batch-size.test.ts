import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchSize } from './batch-size.ts';

const bounds = { least: 1, most: 500, targetMs: 100, step: 16 };
const seen = fc.record({
  taken: fc.integer({ min: 1, max: 500 }),
  milliseconds: fc.double({ min: 0, max: 5_000, noNaN: true }),
  waiting: fc.integer({ min: 0, max: 100_000 }),
});

/** A store whose batches take `fixed` ms and `each` ms an item. */
function settle(size: BatchSize, { fixed, each }: { fixed: number; each: number }, rounds: number): number {
  let slow = 0;
  for (let i = 0; i < rounds; i++) {
    const taken = size.size;
    const milliseconds = fixed + each * taken;
    if (milliseconds > bounds.targetMs) slow++;
    size.observe({ taken, milliseconds, waiting: 10_000 });
  }
  return slow;
}

describe('the size of a batch', () => {
  it('is always a whole number within its bounds', () => {
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 200 }), (all) => {
        const size = new BatchSize(bounds);
        for (const one of all) {
          size.observe(one);
          expect(Number.isInteger(size.size) && size.size >= 1 && size.size <= 500).toBe(true);
        }
      }),
    );
  });

  it('never grows after a slow batch, and never shrinks while more waits and batches are quick', () => {
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 60 }), seen, (all, last) => {
        const size = new BatchSize(bounds);
        for (const one of all) size.observe(one);
        const before = size.size;
        size.observe(last);
        if (last.milliseconds > bounds.targetMs) expect(size.size).toBeLessThanOrEqual(before);
        else if (last.waiting >= before) expect(size.size).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('reaches the most when the store is quick', () => {
    const size = new BatchSize(bounds);
    settle(size, { fixed: 2, each: 0.05 }, 40);
    expect(size.size).toBe(500);
  });

  it('swings about what the target allows when it is slow', () => {
    const size = new BatchSize(bounds);
    settle(size, { fixed: 10, each: 1 }, 100);
    // 90 items are 100 ms: half of that at the lowest, one step above at the highest.
    const sizes = Array.from({ length: 40 }, () => {
      settle(size, { fixed: 10, each: 1 }, 1);
      return size.size;
    });
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(106);
  });

  it('comes down again when little waits', () => {
    const size = new BatchSize(bounds);
    settle(size, { fixed: 1, each: 0.01 }, 40);
    for (let i = 0; i < 40; i++) size.observe({ taken: 2, milliseconds: 3, waiting: 0 });
    expect(size.size).toBe(1);
  });
});
