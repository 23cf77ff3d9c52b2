import { setTimeout as wait } from 'node:timers/promises';
import type { Timing } from './port.ts';

export const systemTiming: Timing = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
  random: Math.random,
};
