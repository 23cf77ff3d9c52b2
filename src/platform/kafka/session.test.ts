import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bySize } from './session.ts';

it('divides what is published by bytes, keeps the order and loses nothing', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 700_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, (all) => {
      const made = all.map((size, i) => ({
        topic: 't',
        key: Buffer.from(String(i)),
        value: Buffer.alloc(size),
        headers: {},
      }));
      const parts = bySize(made);
      expect(parts.flat()).toEqual(made);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        const bytes = part.reduce((sum, { value }) => sum + value.length, 0);
        if (part.length > 1) expect(bytes).toBeLessThanOrEqual(512 * 1024);
      }
    }),
    { numRuns: 30 },
  );
});
