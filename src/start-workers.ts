import { startBackgroundWork } from './background-work.ts';
import type { Part } from './platform/index.ts';
import { startRecurringJobs } from './recurring-jobs.ts';
import type { Running } from './running.ts';
import { kafkaStream } from './stream-kafka.ts';
import { webhookSender } from './webhook-parts.ts';

/**
 * What runs by itself in processes with the role worker or all: jobs, senders, consumers. Add a part here; the watchdog
 * starts it again when it fails or hangs, and GET /health tells of it.
 */
function partsOfWorkers(running: Running): Part[] {
  return [webhookSender(running), ...kafkaStream(running)];
}

/** @returns the end of them all: after that of the server, before that of the job queue and the database */
export async function startWorkers(running: Running): Promise<AsyncDisposable> {
  const supervised = await running.watchdog.supervise(partsOfWorkers(running));
  await startBackgroundWork(running);
  await startRecurringJobs({ ...running, idempotency: running.services.idempotency });
  return supervised;
}
