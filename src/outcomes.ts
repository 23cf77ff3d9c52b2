import { recordSilence } from './audit/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** A resolution of which nothing was heard for so long is taken as done. That is no success: it is counted apart. */
export const silentDays = 7;

/** Resolutions that are looked at in one transaction. */
const batch = 500;

/** Notes silence; any number of processes may do it at once, and again. @returns how many resolutions. */
export async function assumeSilent({ database, clock, newId }: PipelineParts): Promise<number> {
  for (let assumed = 0; ; ) {
    const now = clock.now();
    const before = new Date(now.getTime() - silentDays * 86_400_000);
    const noted = await database.transaction((trx) => recordSilence(trx, { before, limit: batch, newId, now }));
    assumed += noted;
    if (noted < batch) return assumed;
  }
}
