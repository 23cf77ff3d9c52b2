import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { createWatchdog } from './watchdog.ts';
import { TooLate } from './within.ts';

const open = () => {
  const restarted: string[] = [];
  const onRestart = (part: string) => void restarted.push(part);
  return { restarted, watchdog: createWatchdog({ log: createLog('silent'), clock: systemClock, onRestart }) };
};

it('gives up work that never ends, says so, and lets the next run begin', async () => {
  const { restarted, watchdog } = open();
  let runs = 0;
  const sweep = watchdog.limit('sweep', 10, () => (++runs === 1 ? new Promise(() => undefined) : Promise.resolve()));
  await expect(sweep()).rejects.toBeInstanceOf(TooLate);
  await sweep();
  expect(restarted).toEqual(['sweep']);
  expect(watchdog.states()).toMatchObject([
    { name: 'sweep', restarts: 1, last: { reason: expect.stringContaining('sweep') } },
  ]);
});

it('leaves the failure of work as it is', async () => {
  const { restarted, watchdog } = open();
  const failure = new Error('no space');
  await expect(watchdog.limit('sweep', 1_000, () => Promise.reject(failure))()).rejects.toBe(failure);
  expect(restarted).toEqual([]);
  expect(watchdog.states()).toEqual([]);
});
