import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** What it has written to stderr so far. */
  words(): string;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

const root = resolve(import.meta.dirname, '../..');

/** Nothing goes on in the background unless a test asks for it. */
const quiet = { PORT: '0', AUTO_SYNC_INTERVAL: '0', EMBEDDING_PROVIDER: 'none', LOG_LEVEL: 'error' };

/** Starts the real program as a process of its own and waits until it says that it is ready. */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--no-concurrent-sparkplug', join(root, 'src/main.ts')], {
    cwd: root,
    env: { ...quiet, PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  const url = await readyUrl(child, () => words);
  return {
    url,
    pid: child.pid!,
    words: () => words,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

/** The address it printed. @throws with its own words when it ends before that */
function readyUrl(child: ChildProcess, words: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', () => {
      const url = /health\s+(http:\S+)\/health/.exec(words())?.[1];
      if (url !== undefined) resolve(url.replace('localhost', '127.0.0.1'));
    });
    child.on('exit', (code) => reject(new Error(`the server ended with code ${code}: ${words()}`)));
  });
}

/** The starter model is trained once a machine; a new data folder gets a copy, so that a start takes no seconds. */
export function lendStarterModel(dataFolder: string): void {
  const models = join(tmpdir(), 'signalbox-test-data', 'models');
  if (existsSync(models)) cpSync(models, join(dataFolder, 'models'), { recursive: true });
}
