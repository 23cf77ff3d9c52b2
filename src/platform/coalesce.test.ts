import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce.ts';

const options = { most: 3, concurrency: 1, mayRetryAlone: () => true };

describe('coalesce', () => {
  it('writes what came together in batches of at most `most` and answers each its own', async () => {
    const sizes: number[] = [];
    const double = coalesce(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items.map((i) => i * 2);
    }, options);
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
    expect(sizes).toEqual([3, 2]);
  });

  it('fails only the bad item of a batch', async () => {
    const write = coalesce(async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('refused');
      return items;
    }, options);
    const results = await Promise.allSettled(['a', 'bad', 'c'].map(write));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('does not try items alone when that cannot help', async () => {
    let calls = 0;
    const write = coalesce(
      async (_: readonly string[]): Promise<string[]> => {
        calls++;
        throw new Error('gone');
      },
      { ...options, mayRetryAlone: () => false },
    );
    await Promise.allSettled(['a', 'b', 'c'].map(write));
    expect(calls).toBe(1);
  });
});
