import { appendToLedger, type Clock, type Database, type Log, type NewId } from '../../platform/index.ts';
import { type DueDelivery, findNextDue, noteAttempt, removeOldDeliveries } from '../stores/webhook-deliveries.ts';
import { claimReceivers, disableWebhook, lockWebhooks, releaseReceiver } from '../stores/webhooks.ts';
import { subscribeAnew } from './change-webhooks.ts';
import { fanOut } from './fan-out.ts';
import type { Poster } from './post-to-receiver.ts';
import { judgeAttempt, type Verdict } from './retry-plan.ts';
import { attemptColumns, sendDelivery, type Tried } from './send-delivery.ts';

/**
 * Sends what is due. Each receiver has a lane of its own: one delivery after the other, by one process at a time, the
 * oldest event first. A lane waits for nobody but its receiver, and nobody waits for it: not the other lanes, not the
 * work on tickets.
 *
 *   pending ──2xx──▶ delivered
 *      │ else          ▲
 *      ▼               │ 2xx
 *   failed ── due ─────┤
 *      ▲───── else ────┤
 *                      ▼ nine attempts, or 410
 *                     dead ── replay ──▶ pending
 *
 * Promised: each event reaches each webhook that wanted it at least once, under the same webhook-id, or stands as dead.
 * Twice only when a process ends between the answer and our note of it. In order as long as nothing fails; a delivery
 * that failed is overtaken by later ones. The lane of a process that was killed is free at once (presence.ts).
 */
export interface WebhookSender {
  /** Makes deliveries of what happened and starts the lanes that something is due for; waits for no receiver. */
  look(): Promise<void>;
  /** Until every lane that runs has come to its end. */
  idle(): Promise<void>;
  /** Ends after the attempts in hand, which are cut off after `graceMs`; what was cut off is sent again later. */
  stop(graceMs: number): Promise<void>;
}

export interface SenderParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Number of this process (presence.ts). */
  readonly owner: number;
  readonly post: Poster;
  readonly random: () => number;
  /** Hears of each attempt. */
  readonly observe: (result: Verdict['status']) => void;
}

/** Receivers that one process sends to at the same time. */
const mostLanes = 64;

export function createWebhookSender(parts: SenderParts): WebhookSender {
  const { database, clock, newId, log, owner } = parts;
  const lanes = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const cutOff = new AbortController();

  async function lane(webhookId: string): Promise<void> {
    try {
      while (!stopping.signal.aborted) {
        const due = await findNextDue(database.db, { webhookId, owner, now: clock.now() });
        if (due === null) break;
        await attempt(parts, due, cutOff.signal);
      }
    } catch (error) {
      if (!cutOff.signal.aborted) log.error({ err: error, webhook: webhookId }, 'webhooks could not be sent');
    }
    lanes.delete(webhookId);
    await releaseReceiver(database.db, webhookId, owner).catch((error: unknown) =>
      log.warn({ err: error, webhook: webhookId }, 'a receiver of webhooks could not be given back yet'),
    );
  }

  return {
    async look() {
      await fanOut(database, { newId, now: clock.now() });
      const limit = mostLanes - lanes.size;
      if (limit <= 0 || stopping.signal.aborted) return;
      const claimed = await claimReceivers(database.db, { owner, now: clock.now(), except: [...lanes.keys()], limit });
      for (const id of claimed) lanes.set(id, lane(id));
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
    async stop(graceMs) {
      stopping.abort();
      const timer = setTimeout(() => cutOff.abort(), graceMs);
      await Promise.all(lanes.values());
      clearTimeout(timer);
    },
  };
}

async function attempt(parts: SenderParts, due: DueDelivery, signal: AbortSignal): Promise<void> {
  const { clock, post, random } = parts;
  const secrets = due.previousSecret === null ? [due.secret] : [due.secret, due.previousSecret];
  const tried = await sendDelivery(due, due, { post, secrets, now: clock.now(), signal });
  const standing = {
    now: clock.now(),
    attempts: due.attempts + 1,
    failingSince: due.failingSince,
    failures: due.failures,
  };
  const verdict = judgeAttempt(tried.attempt, standing, random);
  await note(parts, { due, tried, verdict });
  parts.observe(verdict.status);
}

interface Noted {
  readonly due: DueDelivery;
  readonly tried: Tried;
  readonly verdict: Verdict;
}

async function note({ database, clock, log }: SenderParts, { due, tried, verdict }: Noted): Promise<void> {
  const { disable, ...followed } = verdict;
  const at = clock.now();
  const row = { ...followed, ...attemptColumns(tried), at };
  if (disable === null) return noteAttempt(database.db, due, row);
  await database.transaction(async (trx) => {
    // In the order in which a removal locks: all webhooks, the one, its deliveries.
    await lockWebhooks(trx);
    await noteAttempt(trx, due, row);
    if (!(await disableWebhook(trx, due.webhookId, disable, at))) return;
    await subscribeAnew(trx);
    const subject = { subjectType: 'webhook', subjectId: due.webhookId };
    await appendToLedger(trx, [
      { at, actor: 'signalbox', action: 'webhook-disabled', ...subject, data: { reason: disable } },
    ]);
  });
  log.warn({ webhook: due.webhookId, reason: disable }, 'a webhook was switched off');
}

/** What is over is kept for thirty days. */
const keptMs = 30 * 24 * 3_600_000;
export const tidyDeliveries = (database: Database, now: Date): Promise<number> =>
  removeOldDeliveries(database.db, new Date(now.getTime() - keptMs));
