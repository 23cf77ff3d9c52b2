import { describe, expect, it } from 'vitest';
import { charactersThatFit, machineMemory } from './machine-memory.ts';

describe('the memory of a machine', () => {
  it('is known, and holds more texts the larger it is, within bounds', () => {
    expect(machineMemory()).toBeGreaterThan(1e8);
    const [tiny, small, large, huge] = [2e8, 8e9, 24e9, 1e12].map((memory) => charactersThatFit(memory));
    expect(tiny).toBe(1_000_000);
    expect(small).toBeGreaterThan(40_000_000);
    expect(large).toBeGreaterThan(2 * small!);
    expect(huge).toBe(600_000_000);
  });
});
