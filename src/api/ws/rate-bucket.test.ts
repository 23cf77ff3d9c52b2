import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRateBucket, createRateBuckets } from './rate-bucket.ts';

it('lets a burst through, then as many as come in again', () => {
  const bucket = createRateBucket({ capacity: 3, perSecond: 1 }, 0);
  expect([0, 0, 0, 0].map((t) => bucket.take(t))).toEqual([true, true, true, false]);
  expect([1_000, 1_000, 10_000].map((t) => bucket.take(t))).toEqual([true, false, true]);
});

it('never lets more through than capacity and rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }), (gaps) => {
      const bucket = createRateBucket({ capacity: 5, perSecond: 2 }, 0);
      let at = 0;
      let taken = 0;
      for (const gap of gaps) {
        at += gap;
        if (bucket.take(at)) taken++;
      }
      expect(taken).toBeLessThanOrEqual(5 + (at / 1000) * 2 + 1e-6);
    }),
  );
});

it('gives each name its own bucket, finds it as it was left, and forgets those that are full again', () => {
  const buckets = createRateBuckets({ capacity: 2, perSecond: 1 });
  expect([0, 0, 0].map((t) => buckets.take('a', t))).toEqual([true, true, false]);
  expect(buckets.take('b', 0)).toBe(true);
  for (let i = 0; i < 1_000; i++) buckets.take(`c${i}`, 1);
  expect(buckets.take('a', 2)).toBe(false);
  for (let i = 0; i < 5_000; i++) buckets.take(`d${i}`, 10_000 + i);
  expect(buckets.size).toBeLessThan(4_100);
});
