import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Binaries } from './binaries.ts';
import { explainOutput } from './explain.ts';
import { bareEnvironment, runProgram } from './run-program.ts';

/** One run of the program `postgres`. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it takes connections; rejects with a SignalboxError when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, for whatever reason, with its last lines. */
  readonly ended: Promise<string>;
  stop(limits?: StopLimits): Promise<void>;
}

/** Milliseconds that each way of asking may take before the next, harder one. */
export interface StopLimits {
  /** Rolls back what is open, writes everything down. */
  readonly fast: number;
  /** Ends at once; the next start replays the write-ahead log. */
  readonly immediate: number;
}

const patient: StopLimits = { fast: 30_000, immediate: 5_000 };

export interface Launch {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly prefix: readonly string[];
  readonly settings: readonly string[];
  readonly log: Log;
}

export function spawnServer(launch: Launch): ServerProcess {
  const { binaries, cluster, log } = launch;
  const command = [...launch.prefix, binaries.postgres, '-D', cluster];
  const [program, ...args] = [...command, ...launch.settings.flatMap((s) => ['-c', s])];
  // A session of its own: Ctrl-C in the terminal is for Signalbox, which still needs the database to end well.
  const child = spawn(program as string, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: bareEnvironment(),
    detached: process.platform !== 'win32',
  });
  const lines: string[] = [];
  const ended = new Promise<string>((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (_, signal) => done([...lines, signal ? `ended by ${signal}` : ''].join('\n').trim()));
  });
  const ready = new Promise<void>((done, fail) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.splice(0, lines.length - 19);
      lines.push(line);
      report(line, log);
      if (!line.includes('database system is ready to accept connections')) return;
      // The database must not keep a process alive that has nothing else to do.
      child.unref();
      (child.stderr as Socket).unref();
      done();
    });
    void ended.then((output) => fail(explainOutput(output, cluster)));
  });
  ready.catch(() => {});
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    stop: (limits = patient) => stopServer({ child, ended, launch }, limits),
  };
}

/** PostgreSQL's own words; settings.ts keeps values of rows out of them. */
function report(line: string, log: Log): void {
  if (/terminating connection|system is (starting up|shutting down)/.test(line))
    log.debug({ postgres: line }, 'PostgreSQL');
  else if (/^(FATAL|PANIC):/.test(line)) log.warn({ postgres: line }, 'PostgreSQL');
  else if (/interrupted|not properly shut down|redo|recovery/.test(line)) log.info({ postgres: line }, 'PostgreSQL');
  else log.debug({ postgres: line }, 'PostgreSQL');
}

async function stopServer(
  { child, ended, launch }: { child: ChildProcess; ended: Promise<string>; launch: Launch },
  limits: StopLimits,
): Promise<void> {
  child.ref();
  (child.stderr as Socket).ref();
  await ask(launch, child);
  if (await endsWithin(ended, limits.fast)) return;
  launch.log.warn('PostgreSQL does not end; it is told to end at once');
  child.kill('SIGQUIT');
  if (await endsWithin(ended, limits.immediate)) return;
  child.kill('SIGKILL');
  await endsWithin(ended, limits.immediate);
}

/** Windows knows no SIGINT to another process: there pg_ctl asks through a pipe of PostgreSQL's. */
async function ask(launch: Launch, child: ChildProcess): Promise<void> {
  if (process.platform === 'win32')
    await runProgram([launch.binaries.pgCtl, 'stop', '-D', launch.cluster, '-m', 'fast', '-W']);
  else child.kill('SIGINT');
}

async function endsWithin(ended: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const done = new AbortController();
  const late = pause(milliseconds, false, { signal: done.signal }).catch(() => false);
  const result = await Promise.race([ended.then(() => true), late]);
  done.abort();
  return result;
}
