import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tendClocks, tendQueue } from './agent-services.ts';
import { addUpCounts } from './audit/index.ts';
import type { Engine } from './engine.ts';
import { renewGaps } from './gap-services.ts';
import { tendIncidents } from './incident-services.ts';
import { removeUnusedSessions } from './intake/index.ts';
import type { SyncReport } from './knowledge/index.ts';
import { assumeSilent } from './outcomes.ts';
import { documentsFolder, paths } from './paths.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Config, Jobs, Log, Watchdog } from './platform/index.ts';
import { tidyDeliveries } from './routing/index.ts';
import { answerOverdueChats, resumeTickets } from './runs.ts';
import { SignalboxError } from './ticket/index.ts';

/** Milliseconds that one run of a job may take. A folder of many documents takes its time. */
const usualMs = 120_000;
const slowMs = 14 * 60_000;
const slowJobs = new Set(['knowledge-sync', 'knowledge-vectors']);

interface Recurring {
  readonly watchdog: Watchdog;
  readonly config: Config;
  readonly engine: Pick<Engine, 'sla'>;
  readonly parts: PipelineParts;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly idempotency: { tidy(): Promise<void> };
}

/** Seconds between two looks for runs that were left half-done. */
const sweepSeconds = 20;
/** A waiting ticket that was locked in the moment when a slot became free is passed over; this finds it. */
const queueSeconds = 5;
/** Seconds that the clocks of tickets may be behind. */
const clockSeconds = 5;
/** Seconds after which changes of the counts are added up: 2,000 tickets/s write some 1,000 rows of them a second. */
const countSeconds = 20;
/** Seconds between two looks for chats that were left without an answer. */
const chatSeconds = 5;

/** Seconds between two looks for incidents that went quiet, and for members of which nobody let go yet. */
const incidentSeconds = 20;

/** Vectors come right after a change; what failed, because a server was away, is tried again so often. */
const vectorSeconds = 60;

/** What happens by itself: half-done runs are taken up, documents are looked at, old keys are removed. */
export async function startRecurringJobs(given: Recurring): Promise<void> {
  const { config, parts, log, idempotency } = given;
  const jobs = limited(given);
  await jobs.repeat('runs-resume', sweepSeconds, async () => void (await resumeTickets(parts)));
  await jobs.repeat('chats-answer', chatSeconds, async () => void (await answerOverdueChats(parts)));
  await jobs.repeat('knowledge-sync', config.AUTO_SYNC_INTERVAL * 60, () => renewKnowledge(config, parts, log));
  await jobs.repeat('knowledge-vectors', vectorSeconds, () => parts.knowledge.buildVectors());
  await jobs.repeat('queue-serve', queueSeconds, () => tendQueue(parts));
  await jobs.repeat('sla-keep', clockSeconds, () => tendClocks(parts, given.engine.sla));
  await jobs.repeat('incidents-tend', incidentSeconds, () => tendIncidents(parts));
  await jobs.repeat('counts-add-up', countSeconds, () => addUpCounts(parts.database.db));
  await jobs.repeat('gaps-renew', 60, () => renewGaps(parts));
  await jobs.repeat('outcomes-assume', 3_600, async () => void (await assumeSilent(parts)));
  await jobs.repeat('idempotency-tidy', 3_600, () => idempotency.tidy());
  await jobs.repeat('sessions-tidy', 3_600, () => tidySessions(parts, log));
  await jobs.repeat('webhooks-tidy', 3_600, async () => void (await tidyDeliveries(parts.database, parts.clock.now())));
  // At the start at once: what a killed process left behind, and documents that changed meanwhile.
  const resumed = resumeTickets(parts).then(
    (n) => n > 0 && log.info({ tickets: n }, 'half-done tickets were finished'),
  );
  resumed.catch((error) => log.error({ err: error }, 'half-done tickets could not be finished yet'));
  await tendQueue(parts);
  await firstSync({ config, parts, jobs, log });
  await parts.knowledge.buildVectors();
}

/** Each job within its time: one that hangs is given up and told, and the next run begins. */
function limited({ jobs, watchdog }: Recurring): Jobs {
  const repeat: Jobs['repeat'] = (name, everySeconds, work) =>
    jobs.repeat(name, everySeconds, watchdog.limit(`job-${name}`, slowJobs.has(name) ? slowMs : usualMs, work));
  return { ...jobs, repeat };
}

/** A day after a chat was opened nobody begins it any more. */
async function tidySessions({ database, clock }: PipelineParts, log: Log): Promise<void> {
  const removed = await removeUnusedSessions(database.db, new Date(clock.now().getTime() - 86_400_000));
  if (removed > 0) log.info({ sessions: removed }, 'chat sessions that nobody used were removed');
}

async function renewKnowledge(config: Config, parts: PipelineParts, log: Log): Promise<void> {
  if (config.DOCUMENTS_PATH === undefined && (await holdsOwnDocuments(parts))) {
    log.warn('the knowledge holds documents of your own: the starter knowledge is left out. Set DOCUMENTS_PATH.');
    return;
  }
  const report = await readDocumentsFolder(config, parts);
  const count = { added: report.added.length, changed: report.changed.length, removed: report.removed.length };
  log.info({ ...count, problems: report.problems.length }, 'the documents were looked at');
}

/** A folder that cannot be read stands in the status until it can: nobody waits for this job to hear of it. */
async function readDocumentsFolder(config: Config, { knowledge }: PipelineParts): Promise<SyncReport> {
  try {
    return await knowledge.syncFolder(documentsFolder(config));
  } catch (error) {
    if (error instanceof SignalboxError && error.code === 'file-unreadable')
      await knowledge.noteUnreadFolder(error.message);
    throw error;
  }
}

/** Whether a folder other than the starter's was put into the knowledge: the invented company must not come back. */
async function holdsOwnDocuments({ knowledge }: PipelineParts): Promise<boolean> {
  const starter = new Set(readdirSync(join(paths.starter, 'knowledge')));
  const { items } = await knowledge.listDocuments({ limit: 200 });
  return items.some(({ source }) => !/^(?:upload|article):/.test(source) && !starter.has(source));
}

/** An empty knowledge is filled before the first question comes; a filled one is renewed in the background. */
async function firstSync({
  config,
  parts,
  jobs,
  log,
}: Pick<Recurring, 'config' | 'parts' | 'jobs' | 'log'>): Promise<void> {
  const { documents } = await parts.knowledge.status();
  if (documents > 0) return jobs.trigger('knowledge-sync');
  try {
    const report = await readDocumentsFolder(config, parts);
    log.info({ documents: report.added.length }, 'the knowledge was loaded');
  } catch (error) {
    log.error(
      { err: error, folder: config.DOCUMENTS_PATH ?? 'starter' },
      'the documents could not be read; answers will go to people',
    );
  }
}
