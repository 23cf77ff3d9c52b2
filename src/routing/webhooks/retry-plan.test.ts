import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, judgeAttempt, readRetryAfter, retryDelays } from './retry-plan.ts';

const now = new Date('2026-03-01T10:00:00Z');
const standing = { now, attempts: 1, failingSince: null, failures: 0 };
const answered = (status: number, retryAfter: number | null = null): Attempt => ({
  kind: 'answered',
  status,
  retryAfter,
  text: '',
});
const middle = () => 0.5;
const until = (date: Date | null) => (date === null ? null : date.getTime() - now.getTime());

describe('judgeAttempt', () => {
  it('takes every 2xx as delivered, and nothing else', () => {
    for (let status = 100; status < 600; status++)
      expect([status, judgeAttempt(answered(status), standing, middle).status === 'delivered']).toEqual([
        status,
        status >= 200 && status < 300,
      ]);
  });

  it('tries nine times in about 52 hours, each wait a fifth shorter or longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const { status, nextAttemptAt } = judgeAttempt(answered(500), { ...standing, attempts }, () => random);
          const wait = retryDelays[attempts - 1];
          expect(status).toBe(wait === undefined ? 'dead' : 'failed');
          if (wait === undefined) {
            expect(nextAttemptAt).toBeNull();
            return;
          }
          expect(until(nextAttemptAt)).toBeGreaterThanOrEqual(Math.floor(wait * 0.8));
          expect(until(nextAttemptAt)).toBeLessThanOrEqual(Math.ceil(wait * 1.2));
        },
      ),
    );
    expect(retryDelays.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(51.6, 1);
  });

  it('leaves a receiver alone that is ill, longer each time, but not one that dislikes a message', () => {
    const rests = [0, 1, 2, 6, 500].map((failures) =>
      until(judgeAttempt({ kind: 'failed', error: '' }, { ...standing, failures }, middle).restingUntil),
    );
    expect(rests).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
    for (const status of [301, 400, 401, 404, 422])
      expect(judgeAttempt(answered(status), standing, middle).restingUntil).toBeNull();
  });

  it('keeps to Retry-After, for a day at most', () => {
    const asked = (seconds: number) => judgeAttempt(answered(429, seconds * 1000), standing, middle);
    expect(until(asked(90).nextAttemptAt)).toBe(90_000);
    expect(until(asked(90).restingUntil)).toBe(90_000);
    expect(until(asked(1).nextAttemptAt)).toBe(5_000);
    expect(until(asked(1e8).nextAttemptAt)).toBe(24 * 3_600_000);
  });

  it('gives a webhook up after five days and ten attempts without one success, and at 410 at once', () => {
    const day = 24 * 3_600_000;
    const since = (days: number, failures: number) =>
      judgeAttempt(answered(500), { ...standing, failures, failingSince: new Date(now.getTime() - days * day) }, middle)
        .disable;
    expect(since(4.9, 100)).toBeNull();
    expect(since(6, 5)).toBeNull();
    expect(since(5, 9)).toMatch(/five days/);
    expect(judgeAttempt(answered(410), standing, middle)).toMatchObject({
      status: 'dead',
      disable: expect.any(String),
    });
  });
});

it('reads Retry-After in seconds and as a date, and nothing else', () => {
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter(' 0 ', now)).toBe(0);
  expect(readRetryAfter('Sun, 01 Mar 2026 10:00:30 GMT', now)).toBe(30_000);
  expect(readRetryAfter('Sun, 01 Mar 2026 09:00:00 GMT', now)).toBe(0);
  for (const text of [undefined, '', '-1', '1.5', 'soon', '99999999999999999999', 'Sun, nonsense'])
    expect(readRetryAfter(text, now)).toBeNull();
});
