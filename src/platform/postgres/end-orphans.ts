import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { notOurs } from './explain.ts';
import { clusterProcesses, postmasterPid } from './process-identity.ts';

/**
 * Ends what a killed server left running on its cluster; call it while holding the folder's lock. Every
 * acknowledged commit is in the write-ahead log, so nothing is lost either way. Fast shutdown first; what
 * stays is told to end at once, then killed. Then the pid file says nothing true any more: on Linux, where
 * all processes were looked through, it is taken away, lest a reused pid keep PostgreSQL from starting.
 */
export async function endOrphans(cluster: string, log: Log): Promise<void> {
  const postmaster = postmasterPid(cluster);
  if (postmaster === undefined) return;
  const steps = [
    { signal: 'SIGINT', rounds: 1_500 },
    { signal: 'SIGQUIT', rounds: 250 },
    { signal: 'SIGKILL', rounds: 250 },
  ] as const;
  for (const { signal, rounds } of steps) {
    const left = clusterProcesses(cluster);
    if (left.length === 0) break;
    log.warn({ pids: left, signal }, 'PostgreSQL of a killed server is still running; it is ended');
    // Its processes end with the postmaster; without one they are asked themselves.
    send(left.includes(postmaster) ? [postmaster] : left, signal, cluster);
    await goneWithin(cluster, rounds);
  }
  if (process.platform !== 'linux' || clusterProcesses(cluster).length > 0) return;
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function send(pids: readonly number[], signal: NodeJS.Signals, cluster: string): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPERM') throw notOurs(cluster, error);
    }
}

/** No event tells of the end of a process that is not our child: looks every 20 ms, `rounds` times. */
async function goneWithin(cluster: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    if (clusterProcesses(cluster).length === 0) return;
    await pause(20);
  }
}
