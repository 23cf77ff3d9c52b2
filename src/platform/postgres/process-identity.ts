import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: boot and start time. Undefined when it is
 * gone (a zombie counts as gone). Windows has no cheap start time; there it says only that one lives.
 */
export function processStart(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'win32') return 'alive';
  if (process.platform !== 'linux') return run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  try {
    // The name in parentheses may hold spaces; state is the first field after it, start time the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** True while `pid` exists, whoever owns it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The living processes of PostgreSQL that work in the folder `cluster`. Linux: every one of them, found by
 * its working folder (so no stale pid file can fool it; about 5 ms for 200 processes). Elsewhere: the
 * postmaster that the pid file names, when it is one.
 */
export function clusterProcesses(cluster: string): number[] {
  if (process.platform === 'linux') return linuxProcesses(cluster);
  const pid = postmasterPid(cluster);
  if (pid === undefined || !isAlive(pid)) return [];
  const command =
    process.platform === 'win32'
      ? run('tasklist', ['/FI', `PID eq ${pid}`, '/NH'])
      : run('ps', ['-o', 'command=', '-p', String(pid)]);
  return command?.includes('postgres') ? [pid] : [];
}

/** The number in the first line of PostgreSQL's own pid file. */
export function postmasterPid(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(`${cluster}/postmaster.pid`, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function linuxProcesses(cluster: string): number[] {
  const folder = statSync(cluster);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && worksIn(name, folder))
    .map(Number);
}

function worksIn(pid: string, folder: { dev: number; ino: number }): boolean {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false;
    const cwd = statSync(`/proc/${pid}/cwd`);
    return cwd.dev === folder.dev && cwd.ino === folder.ino;
  } catch {
    return false;
  }
}

function run(program: string, args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
