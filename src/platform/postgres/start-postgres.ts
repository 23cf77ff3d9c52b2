import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { SignalboxError } from '../../ticket/index.ts';
import type { Log } from '../log.ts';
import { findBinaries } from './binaries.ts';

export interface PostgresOptions {
  /** Absolute path; made when absent. The cluster lies in `<dataFolder>/postgres`. */
  readonly dataFolder: string;
  readonly log: Log;
}

export interface RunningPostgres {
  /** For node-postgres; names the socket folder as `host`. */
  readonly url: string;
  /** As PostgreSQL says it, such as 18.4. */
  readonly version: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts our own PostgreSQL, making the cluster first when there is none. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataFolder } = options;
  const binaries = findBinaries();
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const cluster = join(dataFolder, 'postgres');
  const logFile = openSync(join(dataFolder, 'postgres.log'), 'a', 0o600);
  const wrap = process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=1000', '--map-group=1000'] : [];
  if (!existsSync(cluster)) {
    const half = join(dataFolder, 'postgres.new');
    rmSync(half, { recursive: true, force: true });
    const [program, ...args] = [
      ...wrap,
      binaries.initdb,
      `--pgdata=${half}`,
      '--username=signalbox',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const code = await new Promise((done) =>
      spawn(program!, args, { stdio: ['ignore', logFile, logFile] }).on('close', done),
    );
    if (code !== 0) throw new SignalboxError('data-folder', `initdb failed with ${code}`);
    renameSync(half, cluster);
  }
  const [program, ...args] = [
    ...wrap,
    binaries.postgres,
    '-D',
    cluster,
    '-c',
    'listen_addresses=',
    '-c',
    `unix_socket_directories=${cluster}`,
    '-c',
    'max_connections=100',
    '-c',
    'log_timezone=UTC',
    '-c',
    'timezone=UTC',
  ];
  const child = spawn(program!, args, { stdio: ['ignore', logFile, logFile] });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const pidFile = join(cluster, 'postmaster.pid');
  for (;;) {
    if (child.exitCode !== null) throw new SignalboxError('data-folder', 'PostgreSQL did not start');
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') break;
    await new Promise((done) => setTimeout(done, 5));
  }
  const url = `postgres://signalbox@localhost/postgres?host=${encodeURIComponent(cluster)}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const version = (await client.query('show server_version')).rows[0].server_version as string;
  await client.end();
  return {
    url,
    version,
    pid: child.pid!,
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
