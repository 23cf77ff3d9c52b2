import { spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SignalboxError } from '../../ticket/index.ts';
import { explainFileError } from './explain.ts';
import { processStart } from './process-identity.ts';

/**
 * One server per data folder. `signalbox.lock` is locked by the kernel for as long as the process lives, so
 * nothing is left behind by kill -9 and no reused pid can fool it; `running.json` beside it says who holds
 * it and where its database is. Where the kernel offers no lock, pid and start time in running.json decide.
 */
export interface FolderLock {
  /** Tells others where the database is. */
  announce(url: string): void;
  release(): void;
}

export interface RunningServer {
  /** Of the server that started the database. */
  readonly pid: number;
  readonly url: string;
  readonly since: string;
}

interface Holder {
  readonly pid: number;
  /** From processStart: tells it from a later process with the same pid. */
  readonly start: string | undefined;
  readonly host: string;
  readonly since: string;
  readonly url?: string;
}

// libuv: open for this process alone. On macOS the system's own O_EXLOCK | O_NONBLOCK does it.
const exclusive = { win32: 0x1000_0000, darwin: 0x20 | 0x4 } as Partial<Record<NodeJS.Platform, number>>;

// A tool of the system, not of npm: locks descriptor 3 or ends with 1.
const lockInherited = ['flock', '-n', '3'] as const;

/**
 * @throws `data-folder` at once when another server holds the folder, naming its pid.
 */
export function lockFolder(folder: string, now: Date): FolderLock {
  const fd = openLocked(folder);
  const holder: Holder = {
    pid: process.pid,
    start: processStart(process.pid),
    host: hostname(),
    since: now.toISOString(),
  };
  try {
    writeHolder(folder, holder);
  } catch (error) {
    closeSync(fd);
    throw explainFileError(error, folder);
  }
  return {
    announce: (url) => writeHolder(folder, { ...holder, url }),
    release() {
      rmSync(join(folder, 'running.json'), { force: true });
      closeSync(fd);
    },
  };
}

/** The server that runs on `folder` and its database; undefined when none does or it is still starting. */
export function findRunning(folder: string): RunningServer | undefined {
  const holder = readHolder(folder);
  if (holder?.url === undefined || !lives(holder)) return undefined;
  return { pid: holder.pid, url: holder.url, since: holder.since };
}

function openLocked(folder: string): number {
  let fd: number;
  try {
    fd = openLockFile(join(folder, 'signalbox.lock'));
  } catch (error) {
    if (['EAGAIN', 'EWOULDBLOCK', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw inUse(folder);
    throw explainFileError(error, folder);
  }
  if (process.platform in exclusive) return fd;
  // flock(1) locks the open file it inherits, which is ours too: the lock outlives it and ends with us.
  const [program, ...args] = lockInherited;
  const taken = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore', fd] }).status;
  const holder = readHolder(folder);
  if (taken === 1 || (taken !== 0 && holder !== undefined && lives(holder))) {
    closeSync(fd);
    throw inUse(folder);
  }
  return fd;
}

/** Readable suffices for the lock: a file that root left behind must not shut out the user. */
function openLockFile(file: string): number {
  const lock = exclusive[process.platform] ?? 0;
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | lock, 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES' || !existsSync(file)) throw error;
    return openSync(file, constants.O_RDONLY | lock);
  }
}

class FolderInUse extends SignalboxError {}

/** Whether `error` is the refusal of lockFolder: somebody else has the folder. */
export const isFolderInUse = (error: unknown): boolean => error instanceof FolderInUse;

/** The refusal of lockFolder, with who has it. */
export function inUse(folder: string): SignalboxError {
  const holder = readHolder(folder);
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}, since ${holder.since}`;
  return new FolderInUse(
    'data-folder',
    `Another Signalbox runs on the data folder ${folder} (${who}). Stop it${holder ? ` (kill ${holder.pid})` : ''}, or choose another data folder with SIGNALBOX_DATA.`,
  );
}

function lives(holder: Holder): boolean {
  return holder.start !== undefined && processStart(holder.pid) === holder.start;
}

function readHolder(folder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Never seen half-written; readable by this user alone, as the url may hold a password. */
function writeHolder(folder: string, holder: Holder): void {
  const next = join(folder, 'running.json.new');
  rmSync(next, { force: true });
  writeFileSync(next, JSON.stringify(holder), { mode: 0o600 });
  renameSync(next, join(folder, 'running.json'));
}
