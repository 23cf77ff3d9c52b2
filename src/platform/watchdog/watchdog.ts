import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Part } from './part.ts';
import { type PartState, type Supervised, supervise } from './supervise.ts';
import { TooLate, within } from './within.ts';

/** Looks after everything in this process that runs by itself, and knows how it is. */
export interface Watchdog {
  /** See supervise. */
  supervise(parts: readonly Part[]): Promise<Supervised>;
  /**
   * `work` with a time limit. What takes longer is given up, so that the next run may begin: it may still be going on
   * then, so that its effects must bear it. @throws TooLate and what `work` throws
   */
  limit(name: string, milliseconds: number, work: () => Promise<void>): () => Promise<void>;
  states(): PartState[];
}

export interface WatchdogParts {
  readonly log: Log;
  readonly clock: Clock;
  readonly onRestart: (part: string) => void;
}

export function createWatchdog(options: WatchdogParts): Watchdog {
  const supervised: Supervised[] = [];
  const late = new Map<string, PartState>();
  return {
    async supervise(parts) {
      const started = await supervise(parts, options);
      supervised.push(started);
      return started;
    },
    limit: (name, milliseconds, work) => async () => {
      try {
        await within(milliseconds, name, work());
      } catch (error) {
        if (error instanceof TooLate) {
          const restarts = (late.get(name)?.restarts ?? 0) + 1;
          late.set(name, { name, runs: true, restarts, last: { at: options.clock.now(), reason: error.message } });
          options.onRestart(name);
        }
        throw error;
      }
    },
    states: () => [...supervised.flatMap((s) => s.states()), ...late.values()],
  };
}
