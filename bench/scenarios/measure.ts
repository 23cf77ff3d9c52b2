import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** `share` in [0,1] of the sorted values, by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const round = (value: number, digits = 1) => Number(value.toFixed(digits));

/** A data folder for one scenario; the model is trained in it at the first start. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface RunningServer {
  readonly url: string;
  /** Seconds from the start of the process to its word that it is ready. */
  readonly seconds: number;
  /** Resident memory of the server's own process in MB (without its PostgreSQL). */
  memoryMb(): number;
  stop(): Promise<void>;
}

/** The real program with its own PostgreSQL on `dataFolder`, or the one of `env`. */
export async function startServer(dataFolder: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', SIGNALBOX_DATA: dataFolder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await readyUrl(child);
  return {
    url,
    seconds: (performance.now() - started) / 1000,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words += text;
      const url = /API\s+(http:\S+)\/docs/.exec(words)?.[1];
      if (url !== undefined) resolve(url.replace('localhost', '127.0.0.1'));
    });
    child.on('exit', (code) => reject(new Error(`the server ended with code ${code}: ${words}`)));
  });
}

export interface StarterTicket {
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}

/** The texts of the starter tickets: real lengths, two languages. */
export const starterTexts = () => starterTickets().map(({ subject, body }) => ({ subject, body }));

export function starterTickets(): StarterTicket[] {
  return readFileSync(join(root, 'starter/tickets.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StarterTicket);
}
