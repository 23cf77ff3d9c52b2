import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'bin/signalbox.cjs');

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly words: string;
  /** The lines of stdout as JSON. */
  rows<T = Record<string, unknown>>(): T[];
}

export interface RunningCli {
  readonly child: ChildProcess;
  words(): string;
  readonly done: Promise<CliResult>;
  /** To the whole group, as a terminal does it. */
  signal(name: NodeJS.Signals): void;
}

interface Given {
  /** For standard input, which is closed after it; null leaves it open. */
  readonly input?: string | Uint8Array | null;
  readonly env?: Record<string, string>;
}

export interface Cli {
  /** A folder of the test's own; the data folder lies in it. */
  readonly folder: string;
  readonly dataFolder: string;
  run(words: readonly string[], given?: Given): Promise<CliResult>;
  start(words: readonly string[], given?: Given): RunningCli;
  remove(): void;
}

/** The real program (bin/signalbox.cjs) as processes of their own, with its own data folder and database. */
export function createCli(): Cli {
  // Without the stamp the program would install its packages, in the middle of a test.
  if (!existsSync(join(root, 'node_modules/.signalbox-stamp')))
    throw new Error('the packages are not set up: run node scripts/setup.cjs first, as npm test does');
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
  const dataFolder = join(folder, 'data');
  shareStarterModel(dataFolder);
  const start: Cli['start'] = (words, given = {}) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        SIGNALBOX_DATA: dataFolder,
        AUTO_SYNC_INTERVAL: '0',
        EMBEDDING_PROVIDER: 'none',
        PORT: '0',
        ...given.env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    return follow(child, given.input);
  };
  return {
    folder,
    dataFolder,
    start,
    run: (words, given) => start(words, given).done,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The starter model is trained once a machine, whichever test comes to it first. */
function shareStarterModel(dataFolder: string): void {
  const models = join(tmpdir(), 'signalbox-test-data', 'models');
  mkdirSync(models, { recursive: true });
  mkdirSync(dataFolder, { recursive: true });
  symlinkSync(models, join(dataFolder, 'models'));
}

function follow(child: ChildProcess, input: Given['input']): RunningCli {
  let out = '';
  let words = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  child.stdin!.on('error', () => undefined);
  if (input !== null) child.stdin!.end(input ?? '');
  const done = once(child, 'close').then(
    ([code, signal]): CliResult => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      out,
      words,
      rows: <T>() =>
        out
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as T),
    }),
  );
  return { child, words: () => words, done, signal: (name) => void process.kill(-child.pid!, name) };
}

/** Resolves when the words of a running command hold `text`; fails when it ends before. */
export async function untilSaid(running: RunningCli, text: string): Promise<void> {
  const ended = running.done.then(({ words }) => {
    throw new Error(`ended without saying "${text}": ${words}`);
  });
  while (!running.words().includes(text)) await Promise.race([once(running.child.stderr!, 'data'), ended]);
  ended.catch(() => undefined);
}
