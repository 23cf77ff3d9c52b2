import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Part, RunningPart } from './part.ts';
import { within } from './within.ts';

/*
 * starting ──started──→ running ──failed, or does not answer──→ stopped ──a wait──→ starting
 *    └──────────failed, or hangs──────────────────────────────→ stopped
 *
 * What hangs cannot be ended from outside: its stop is asked for and not waited for longer than it may take. A part must
 * therefore bear that its last start still does something when the next one begins; ours do, because what they do is
 * claimed in the database first.
 */

export interface PartState {
  readonly name: string;
  readonly runs: boolean;
  /** Times that it was started again. */
  readonly restarts: number;
  /** When it last failed, and why; null when it never did. */
  readonly last: { readonly at: Date; readonly reason: string } | null;
}

export interface Supervised extends AsyncDisposable {
  states(): PartState[];
}

/** Milliseconds. */
export interface Timing {
  readonly startMs: number;
  readonly checkEveryMs: number;
  readonly checkMs: number;
  readonly stopMs: number;
  /** Before the first new start; doubled with each failure after it. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** A part that ran so long has recovered: its next failure counts as the first. */
  readonly calmMs: number;
}

const usual: Timing = {
  startMs: 30_000,
  checkEveryMs: 10_000,
  checkMs: 5_000,
  stopMs: 10_000,
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  calmMs: 60_000,
};

export interface SuperviseOptions {
  readonly log: Log;
  readonly onRestart?: (part: string) => void;
  readonly clock?: Clock;
  readonly timing?: Partial<Timing>;
}

/**
 * Starts the parts side by side and keeps them running: what fails, ends or hangs is stopped and started again, after
 * waits of 1 s to 60 s. Resolves when each was started once or has failed once; a part that fails stops no other.
 */
export async function supervise(parts: readonly Part[], options: SuperviseOptions): Promise<Supervised> {
  const kept = parts.map((part) => keepRunning(part, options));
  await Promise.all(kept.map(({ tried }) => tried));
  return {
    states: () => kept.map(({ state }) => state()),
    async [Symbol.asyncDispose]() {
      await Promise.all(kept.map(({ stop }) => stop()));
    },
  };
}

interface Kept {
  /** The first start has worked or failed. */
  readonly tried: Promise<void>;
  state(): PartState;
  stop(): Promise<void>;
}

function keepRunning(part: Part, options: SuperviseOptions): Kept {
  const timing = { ...usual, ...options.timing, ...(part.startMs === undefined ? {} : { startMs: part.startMs }) };
  const stopping = Promise.withResolvers<null>();
  const tried = Promise.withResolvers<void>();
  const state = { runs: false, restarts: 0, last: null as PartState['last'], over: false };

  async function oneLife(): Promise<Error | null> {
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => undefined);
    const failed = (error: unknown) => ended.reject(error);
    let running: RunningPart;
    try {
      running = await startWithin(part, timing, failed);
    } catch (error) {
      return asError(error);
    }
    state.runs = true;
    tried.resolve();
    const reason = await watch(running, { timing, ended: ended.promise, stopping: stopping.promise });
    state.runs = false;
    await within(timing.stopMs, 'its stop', running.stop()).catch((error) =>
      options.log.error({ err: error, part: part.name }, 'a part does not stop; it is left behind'),
    );
    return reason;
  }

  async function live(): Promise<void> {
    for (let failures = 0; !state.over; ) {
      const began = performance.now();
      const reason = await oneLife();
      if (reason === null || state.over) return;
      failures = performance.now() - began >= timing.calmMs ? 1 : failures + 1;
      const wait = Math.min(timing.firstWaitMs * 2 ** (failures - 1), timing.longestWaitMs);
      state.last = { at: (options.clock ?? systemClock).now(), reason: reason.message };
      options.log.error(
        { err: reason, part: part.name, wait },
        'a part that runs by itself failed; it is started again',
      );
      tried.resolve();
      await Promise.race([delay(wait), stopping.promise]);
      if (state.over) return;
      state.restarts++;
      options.onRestart?.(part.name);
    }
  }

  const living = live();
  return {
    tried: tried.promise,
    state: () => ({ name: part.name, runs: state.runs, restarts: state.restarts, last: state.last }),
    async stop() {
      state.over = true;
      stopping.resolve(null);
      await living;
    },
  };
}

/** A start that comes to its end after it was given up is stopped at once. */
async function startWithin(part: Part, { startMs }: Timing, failed: (error: unknown) => void): Promise<RunningPart> {
  const starting = Promise.resolve().then(() => part.start({ failed }));
  try {
    return await within(startMs, 'its start', starting);
  } catch (error) {
    starting.then((late) => late.stop()).catch(() => undefined);
    throw error;
  }
}

interface Watching {
  readonly timing: Timing;
  readonly ended: Promise<never>;
  readonly stopping: Promise<null>;
}

/** @returns why it must be started again; null when it is to be stopped */
function watch(running: RunningPart, { timing, ended, stopping }: Watching): Promise<Error | null> {
  const over = Promise.withResolvers<Error | null>();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const fail = (error: unknown) => over.resolve(asError(error));
  const look = () => {
    if (isOver) return;
    timer = setTimeout(() => {
      const answer = Promise.resolve().then(() => running.alive?.());
      within(timing.checkMs, 'the question whether it lives', answer).then(look, fail);
    }, timing.checkEveryMs).unref();
  };
  look();
  // Heard once a life: racing with them at every look would leave something behind each time.
  ended.catch(fail);
  void stopping.then(over.resolve);
  return over.promise.finally(() => {
    isOver = true;
    clearTimeout(timer);
  });
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/** Does not hold the process. */
const delay = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
