import { describe, expect, it } from 'vitest';
import { Throughput } from './throughput.ts';

describe('throughput', () => {
  it('is nothing before anything came', () => {
    expect(new Throughput().rates(1_000_000)).toEqual({ lastSecond: 0, lastMinute: 0, p50: null, p99: null });
  });

  it('counts the last whole second and the last minute', () => {
    const seen = new Throughput();
    for (let s = 0; s < 60; s++) seen.observe(s === 59 ? 30 : 10, { now: 50_000_000 + s * 1000 + 7, milliseconds: s });
    const rates = seen.rates(50_000_000 + 60 * 1000);
    expect(rates.lastSecond).toBe(30);
    expect(rates.lastMinute).toBeCloseTo((59 * 10 + 30) / 60);
    expect(rates.p50).toBe(31);
    expect(rates.p99).toBe(59);
  });

  it('forgets what is over a minute ago, after a long silence too', () => {
    const seen = new Throughput();
    seen.observe(500, { now: 10_000, milliseconds: 1 });
    expect(seen.rates(40_000).lastMinute).toBeCloseTo(500 / 60);
    expect(seen.rates(72_000)).toMatchObject({ lastSecond: 0, lastMinute: 0 });
    seen.observe(1, { now: 9_000_000, milliseconds: 1 });
    expect(seen.rates(9_001_000)).toMatchObject({ lastSecond: 1, lastMinute: 1 / 60 });
  });
});
