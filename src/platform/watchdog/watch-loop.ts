import { Worker } from 'node:worker_threads';

export interface LoopWatch {
  /** Seconds that the event loop may be blocked. */
  readonly seconds: number;
  /** Ends the process with SIGKILL, which nothing in it can hold up; otherwise it is only said. */
  readonly exits: boolean;
}

/** What the watching thread is given. */
export interface LoopWatchData extends LoopWatch {
  /** Counts up while the event loop turns. */
  readonly beats: SharedArrayBuffer;
}

/** Milliseconds between two beats, and between two looks at them. */
export const beatMs = 500;

/**
 * Has a thread of its own look whether the event loop of this one still turns. A loop that is blocked answers nobody and
 * cannot say so itself: after `seconds` the thread writes what is being done (the stack of this thread) to stderr and
 * ends the process, so that a service manager starts it again; what it had in hand is then taken up as after any kill.
 * Looks are counted, not clocks compared: a machine that slept, or a stopped process, is not taken for a blocked one.
 * Costs about 5 MB and two wake-ups a second.
 */
export function watchLoop({ seconds, exits }: LoopWatch): { stop(): Promise<void> } {
  const beats = new SharedArrayBuffer(4);
  const counter = new Int32Array(beats);
  const workerData: LoopWatchData = { beats, seconds, exits };
  const worker = new Worker(new URL('./loop-worker.ts', import.meta.url), { workerData });
  worker.unref();
  // Without the thread everything goes on as it is, only unwatched.
  worker.on('error', (error) => process.stderr.write(`The event loop is not watched: ${error.message}\n`));
  const timer = setInterval(() => Atomics.add(counter, 0, 1), beatMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await worker.terminate();
    },
  };
}
