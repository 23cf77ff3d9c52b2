import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashTable, tableOf } from './hash-table.ts';

it('numbers hashes in the order they come and finds them again, through growth and collisions', () => {
  // Hashes that agree in their low bits fall on the same slot.
  const hash = fc.oneof(
    fc.integer(),
    fc.integer({ min: -50, max: 50 }).map((high) => (high << 16) | 3),
  );
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 300 }), fc.integer(), (hashes, absent) => {
      const table = new HashTable(1);
      const numbers = new Map<number, number>();
      for (const h of hashes) {
        if (!numbers.has(h)) numbers.set(h, numbers.size);
        expect(table.findOrAdd(h)).toBe(numbers.get(h));
      }
      expect(table.size).toBe(numbers.size);
      for (const [h, number] of numbers) expect(table.find(h)).toBe(number);
      expect(table.find(absent)).toBe(numbers.get(absent) ?? -1);
      const distinct = Int32Array.from(numbers.keys());
      expect(tableOf(distinct).find(distinct.at(-1) ?? 0)).toBe(distinct.length - 1);
    }),
  );
});
