import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Said } from './postgres-server.ts';

export interface ServeOptions {
  readonly listen?: 'socket' | 'loopback';
  readonly inWorker?: boolean;
  /** Run as this user; the test must be root. */
  readonly uid?: number;
  readonly env?: Record<string, string>;
  /** Words before the command, such as prlimit. */
  readonly prefix?: readonly string[];
}

export interface Served {
  readonly child: ChildProcess;
  readonly said: Said;
  stop(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
}

const program = resolve(import.meta.dirname, 'postgres-server.ts');
// vitest may run on an older Node, which reads no TypeScript; the one that Signalbox brings does.
const ours = resolve(import.meta.dirname, '../../node_modules/.bin/node');
export const node = existsSync(ours) ? ours : process.execPath;

/** Starts a process that starts our PostgreSQL, without waiting for what it says. */
export function spawnServer(dataFolder: string, options: ServeOptions = {}): ChildProcess {
  const { uid, env, prefix = [], ...order } = options;
  const command = [...prefix, node, program, JSON.stringify({ dataFolder, ...order })];
  const [first, ...rest] = command as [string, ...string[]];
  const child = spawn(first, rest, {
    stdio: ['pipe', 'pipe', 'inherit'],
    // vitest's own settings are not for our servers.
    env: { PATH: process.env['PATH'], TMPDIR: tmpdir(), ...env },
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.stdin.end('stop\n');
    await closed;
  });
  return child;
}

/** Starts such a process and waits for what it says. */
export async function servePostgres(dataFolder: string, options: ServeOptions = {}): Promise<Served> {
  const child = spawnServer(dataFolder, options);
  const closed = once(child, 'close');
  const line = once(createInterface({ input: child.stdout! }), 'line');
  const first = await Promise.race([line, closed.then(() => undefined)]);
  if (first === undefined) throw new Error(`ended with ${child.exitCode ?? child.signalCode} and said nothing`);
  return {
    child,
    said: JSON.parse(first[0] as string) as Said,
    async stop() {
      child.stdin?.end('stop\n');
      await closed;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The url of a server that must have started. */
export function urlOf(served: Served): string {
  if (!('url' in served.said)) throw new Error(served.said.message);
  return served.said.url;
}

/** Why a server did not start. */
export function refusalOf(served: Served): { code: string; message: string } {
  if ('url' in served.said) throw new Error('it started');
  return served.said;
}

/** A folder that is gone after the test. `mode` 0755 lets other users look in. */
export function temporaryFolder(mode = 0o700): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  chmodSync(folder, mode);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One statement on a connection of its own. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
