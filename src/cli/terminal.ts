import { SignalboxError } from '../ticket/index.ts';

/** What a command sees of the outside: data goes to stdout, words to stderr, and somebody may want it to stop. */
export interface Terminal {
  /** Data, to stdout. Waits when the reader is slow. */
  write(text: string): Promise<void>;
  /** One line of words, to stderr. */
  say(words: string): void;
  /** Aborted by Ctrl-C, SIGTERM, or when nobody reads stdout any more (`| head`). */
  readonly signal: AbortSignal;
  /** True when it is aborted because nobody reads: then nobody wants words either. */
  unread(): boolean;
  /** Puts something (a progress bar) before stderr while it stands there. */
  sayThrough(print: ((words: string) => void) | null): void;
}

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** One Ctrl-C may come twice (terminal and npm): what comes within this many milliseconds is the same wish. */
const sameWish = 500;

const nobodyReads = 'nobody reads stdout';

/** Raised for what only the words of the command line are wrong about: exit code 2. */
export class UsageError extends Error {}

/**
 * Runs one command and ends the process: 0, or 1 with one line about what went wrong, or 2 for a wrong call. The
 * first Ctrl-C asks the command to stop at the next safe place, a second one ends at once (130). A closed pipe ends
 * quietly.
 */
export async function runCommand(work: (terminal: Terminal) => Promise<number | undefined>): Promise<never> {
  const stopping = new AbortController();
  let code: number | null = null;
  let since = 0;
  const stop = (exitCode: number, reason = 'asked to stop') => {
    if (code !== null) {
      if (performance.now() - since > sameWish) process.exit(exitCode);
      return;
    }
    code = exitCode;
    since = performance.now();
    stopping.abort(reason);
    // A read of standard input that waits for more would wait for ever.
    process.stdin.destroy();
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  process.stdout.on('error', () => {
    if (code === null) stop(exitCodes.ok, nobodyReads);
  });
  process.stderr.on('error', () => undefined);
  let result: number;
  try {
    result = (await work(createTerminal(stopping.signal))) ?? exitCodes.ok;
  } catch (error) {
    result = code === null ? tell(error) : code;
  }
  await flush();
  process.exit(code ?? result);
}

/** Words may quote a file: what would move the cursor or change colours stays out of the terminal. */
export const withoutControls = (words: string): string => words.replace(/(?![\t\n])\p{Cc}/gu, '');

function createTerminal(signal: AbortSignal): Terminal {
  let through: ((words: string) => void) | null = null;
  return {
    signal,
    unread: () => signal.reason === nobodyReads,
    say(words) {
      const safe = withoutControls(words);
      if (through === null) process.stderr.write(`${safe}\n`);
      else through(safe);
    },
    sayThrough(print) {
      through = print;
    },
    write: (text) =>
      new Promise((resolve) => {
        if (signal.aborted || process.stdout.write(text)) return resolve();
        const done = () => {
          process.stdout.off('drain', done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        process.stdout.on('drain', done);
        signal.addEventListener('abort', done);
      }),
  };
}

/** One line for what a person can mend; everything else with its stack. @returns the exit code */
function tell(error: unknown): number {
  process.stderr.write(`signalbox: ${withoutControls(wordsOf(error))}\n`);
  const usage = error instanceof UsageError || (error instanceof SignalboxError && error.code === 'invalid-fields');
  return usage ? exitCodes.usage : exitCodes.failed;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fromSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
  const known = error instanceof SignalboxError || error instanceof UsageError || fromSystem;
  if (!known) return error.stack ?? error.message;
  // What nobody expected is told in full: there is no log to look into.
  const { cause } = error;
  return error instanceof SignalboxError && error.code === 'internal' && cause instanceof Error
    ? `${error.message}\n${cause.stack ?? cause.message}`
    : error.message;
}

/** A pipe takes its bytes later; the process must not end before. */
function flush(): Promise<void> {
  if (process.stdout.destroyed || process.stdout.writableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    process.stdout.on('error', () => resolve());
    process.stdout.write('', () => resolve());
  });
}
