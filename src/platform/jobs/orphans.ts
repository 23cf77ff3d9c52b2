import { freeOrphans, tidyClaims } from './claims.ts';
import type { WorkerParts } from './run-worker.ts';

type OrphanParts = WorkerParts & { readonly queues: () => readonly string[] };

/** Milliseconds between two looks for what dead processes left in hand. */
const everyMs = 1_000;
/** Of so many looks one also removes the claims of jobs that came to an end. */
const tidyEvery = 10;

/** Looks now, and then for as long as this process works. @returns the end of it */
export async function takeUpOrphans(parts: OrphanParts): Promise<() => void> {
  let looks = 0;
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      await freeThem(parts);
      if (looks++ % tidyEvery === 0) await tidyClaims(parts.db);
    } catch (error) {
      parts.log.warn({ err: error }, 'jobs of dead processes could not be looked for');
    } finally {
      busy = false;
    }
  };
  await look();
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}

async function freeThem({ db, owner, queues, inHand, log }: OrphanParts): Promise<void> {
  const free = await freeOrphans(db, { queues: queues(), owner, inHand: inHand.ids() });
  if (free > 0) log.info({ jobs: free }, 'jobs of a process that is gone are taken up again');
}
