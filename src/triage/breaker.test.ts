import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Breaker, type BreakerState, createBreaker, longestCooldownMs, mostUnsettled } from './breaker.ts';

const settings = { timeoutMs: 500, failures: 3, cooldownMs: 10_000 };

let states: BreakerState[];
let breaker: Breaker;
beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  breaker = createBreaker(settings, (to) => states.push(to));
});
afterEach(() => {
  vi.useRealTimers();
});

const works = async () => 'read';
const fails = () => Promise.reject(new Error('no memory'));
const hangs = () => new Promise<string>(() => undefined);
const failTimes = async (times: number) => {
  for (let i = 0; i < times; i++) await breaker.call(fails);
};

describe('a closed breaker', () => {
  it('hands the value on and leaves no timer behind', async () => {
    expect(await breaker.call(works)).toEqual({ kind: 'done', value: 'read' });
    expect(breaker.failure()).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives a call up after exactly the time-out, aborts it, and throws away what it says later', async () => {
    const late = Promise.withResolvers<string>();
    let given: AbortSignal | null = null;
    let answer: unknown = null;
    const asked = breaker.call((signal) => {
      given = signal;
      return late.promise;
    });
    asked.then((found) => {
      answer = found;
    });
    await vi.advanceTimersByTimeAsync(499);
    expect(answer).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(answer).toMatchObject({ kind: 'refused', why: 'slow' });
    expect(given).toMatchObject({ aborted: true });
    late.resolve('too late');
    await vi.advanceTimersByTimeAsync(0);
    expect(answer).toMatchObject({ kind: 'refused', why: 'slow' });
    expect(breaker.failure()).toMatch(/500 ms/);
  });

  it('survives a call that fails after it was given up', async () => {
    const late = Promise.withResolvers<string>();
    const asked = breaker.call(() => late.promise);
    await vi.advanceTimersByTimeAsync(500);
    expect(await asked).toMatchObject({ why: 'slow' });
    late.reject(new Error('afterwards'));
    await vi.advanceTimersByTimeAsync(0);
    expect(breaker.failure()).toMatch(/500 ms/);
  });

  it('takes a throw before the first await as a failure', async () => {
    const throws = () => {
      throw new Error('at once');
    };
    expect(await breaker.call(throws)).toMatchObject({ why: 'failed', cause: { message: 'at once' } });
  });

  it('opens with as many failures in a row as were set, not before', async () => {
    await failTimes(2);
    expect(breaker.state()).toBe('closed');
    await breaker.call(works);
    await failTimes(2);
    expect(breaker.state()).toBe('closed');
    await failTimes(1);
    expect(breaker.state()).toBe('open');
    expect(states).toEqual(['open']);
  });

  it('lets only so many hang at once, and those that were given up count until they settle', async () => {
    const stuck = Array.from({ length: mostUnsettled }, () => Promise.withResolvers<string>());
    breaker = createBreaker({ ...settings, failures: 1000 });
    const asked = stuck.map(({ promise }) => breaker.call(() => promise));
    const work = vi.fn(works);
    expect(await breaker.call(work)).toMatchObject({ why: 'busy' });
    await vi.advanceTimersByTimeAsync(500);
    await Promise.all(asked);
    expect(await breaker.call(work)).toMatchObject({ why: 'busy' });
    expect(work).not.toHaveBeenCalled();
    stuck[0]!.resolve('at last');
    await vi.advanceTimersByTimeAsync(0);
    expect(await breaker.call(work)).toMatchObject({ kind: 'done' });
  });

  it('keeps the value of a call that held the thread, and counts it as a failure', async () => {
    let now = 0;
    const slow = async () => {
      now += 600;
      return 'read';
    };
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    for (let i = 0; i < 3; i++) expect(await breaker.call(slow)).toEqual({ kind: 'done', value: 'read' });
    expect(breaker.state()).toBe('open');
    expect(breaker.failure()).toMatch(/600 ms/);
    clock.mockRestore();
  });
});

describe('an open breaker', () => {
  beforeEach(() => failTimes(3));

  it('calls nothing until the cool-down is over', async () => {
    const work = vi.fn(works);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(await breaker.call(work)).toMatchObject({ why: 'open', cause: 'no memory' });
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await breaker.call(work)).toEqual({ kind: 'done', value: 'read' });
    expect(states).toEqual(['open', 'half-open', 'closed']);
    expect(breaker.failure()).toBeNull();
  });

  it('sends one probe, and lets nobody wait for it', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    const probe = Promise.withResolvers<string>();
    const work = vi.fn(() => probe.promise);
    const first = breaker.call(work);
    const others = await Promise.all(Array.from({ length: 20 }, () => breaker.call(work)));
    expect(others.every((found) => found.kind === 'refused' && found.why === 'open')).toBe(true);
    expect(breaker.state()).toBe('half-open');
    probe.resolve('read');
    expect(await first).toEqual({ kind: 'done', value: 'read' });
    expect(work).toHaveBeenCalledTimes(1);
    expect(breaker.state()).toBe('closed');
  });

  it('doubles the cool-down with each probe that fails, to five minutes at most, and starts anew once it is well', async () => {
    const waited: number[] = [];
    for (let i = 0; i < 7; i++) {
      let milliseconds = 0;
      while ((await breaker.call(fails)).kind === 'refused' && states.at(-1) === 'open') {
        if (states.length >= 3 + 2 * i) break;
        await vi.advanceTimersByTimeAsync(10_000);
        milliseconds += 10_000;
      }
      waited.push(milliseconds);
    }
    expect(waited).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, longestCooldownMs, longestCooldownMs]);
    await vi.advanceTimersByTimeAsync(longestCooldownMs);
    await breaker.call(works);
    await failTimes(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await breaker.call(works)).toMatchObject({ kind: 'done' });
  });

  it('takes a probe that hangs as failed, and a probe goes though everything hangs', async () => {
    breaker = createBreaker({ ...settings, failures: mostUnsettled });
    const stuck = Array.from({ length: mostUnsettled }, () => breaker.call(hangs));
    await vi.advanceTimersByTimeAsync(500);
    await Promise.all(stuck);
    expect(breaker.state()).toBe('open');
    await vi.advanceTimersByTimeAsync(10_000);
    const probe = breaker.call(hangs);
    expect(breaker.state()).toBe('half-open');
    await vi.advanceTimersByTimeAsync(500);
    expect(await probe).toMatchObject({ why: 'slow' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await breaker.call(works)).toMatchObject({ kind: 'done' });
  });
});
