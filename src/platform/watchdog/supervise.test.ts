import { describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import type { Life, Part, RunningPart } from './part.ts';
import { supervise, type Timing } from './supervise.ts';

const log = createLog('silent');
const quick: Partial<Timing> = {
  startMs: 50,
  checkEveryMs: 5,
  checkMs: 20,
  stopMs: 20,
  firstWaitMs: 1,
  longestWaitMs: 8,
};
const never = new Promise<never>(() => undefined);

/** A part whose lives are given one by one; the last one is repeated. */
function partOf(...lives: ((life: Life) => Promise<RunningPart>)[]) {
  const seen = { starts: 0, stops: 0 };
  const reached = new Map<number, () => void>();
  const part: Part = {
    name: 'tested',
    async start(life) {
      const n = seen.starts++;
      reached.get(seen.starts)?.();
      const running = await lives[Math.min(n, lives.length - 1)]!(life);
      return {
        ...running,
        stop: () => {
          seen.stops++;
          return running.stop();
        },
      };
    },
  };
  const started = (times: number) =>
    new Promise<void>((resolve) => (seen.starts >= times ? resolve() : reached.set(times, resolve)));
  return { part, seen, started };
}

const well = async (): Promise<RunningPart> => ({ stop: async () => undefined });

const failing = (start: () => Promise<RunningPart>) => (life: Life) => {
  life.failed(new Error('lost'));
  return start();
};

describe('supervise', () => {
  it('starts what works once, and stops it with the rest', async () => {
    const { part, seen } = partOf(well);
    const supervised = await supervise([part], { log, timing: quick });
    expect(supervised.states()).toEqual([{ name: 'tested', runs: true, restarts: 0, last: null }]);
    await supervised[Symbol.asyncDispose]();
    expect(seen).toEqual({ starts: 1, stops: 1 });
  });

  it.each<[string, (life: Life) => Promise<RunningPart>, RegExp, number]>([
    ['throws at its start', async () => Promise.reject(new Error('no broker')), /no broker/, 0],
    ['hangs at its start', () => never, /its start took longer/, 0],
    ['says that it failed', failing(well), /lost/, 1],
    ['dies when asked', async () => ({ ...(await well()), alive: () => Promise.reject(new Error('dead')) }), /dead/, 1],
    ['hangs when asked', async () => ({ ...(await well()), alive: () => never }), /whether it lives took longer/, 1],
    ['fails and hangs at its stop', failing(async () => ({ stop: () => never })), /lost/, 1],
  ])('a part that %s is stopped and started again, and that is said', async (_, bad, reason, stopped) => {
    const { part, seen, started } = partOf(bad, well);
    const restarted: string[] = [];
    const supervised = await supervise([part], { log, timing: quick, onRestart: (name) => restarted.push(name) });
    await started(2);
    expect(seen.stops).toBe(stopped);
    expect(restarted).toEqual(['tested']);
    const [state] = supervised.states();
    expect(state).toMatchObject({ restarts: 1, last: { reason: expect.stringMatching(reason) } });
    await supervised[Symbol.asyncDispose]();
    expect(seen).toEqual({ starts: 2, stops: stopped + 1 });
  });

  it('one that dies again and again waits longer each time, and stops no other', async () => {
    const { part, started } = partOf(async () => Promise.reject(new Error('again')));
    const other = partOf(well);
    const began = performance.now();
    const supervised = await supervise([part, { ...other.part, name: 'other' }], { log, timing: quick });
    await started(6);
    // 1 + 2 + 4 + 8 + 8
    expect(performance.now() - began).toBeGreaterThan(20);
    expect(supervised.states()[1]).toMatchObject({ name: 'other', runs: true, restarts: 0 });
    await supervised[Symbol.asyncDispose]();
    expect(other.seen).toEqual({ starts: 1, stops: 1 });
  });

  it('a start that ends after it was given up is stopped', async () => {
    const late = Promise.withResolvers<RunningPart>();
    const stopped = Promise.withResolvers<void>();
    const { part, started } = partOf(() => late.promise, well);
    const supervised = await supervise([part], { log, timing: quick });
    await started(2);
    late.resolve({ stop: async () => stopped.resolve() });
    await stopped.promise;
    await supervised[Symbol.asyncDispose]();
  });

  it('stops at once while it waits for the next start', async () => {
    const { part, seen } = partOf(async () => Promise.reject(new Error('no')));
    const supervised = await supervise([part], {
      log,
      timing: { ...quick, firstWaitMs: 60_000, longestWaitMs: 60_000 },
    });
    await supervised[Symbol.asyncDispose]();
    expect(seen.starts).toBe(1);
  });
});
