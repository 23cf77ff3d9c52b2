import { sql } from 'kysely';
import { type Cursor, type Db, type Trx, toPage } from '../../platform/index.ts';
import type { EventType } from '../webhooks/events.ts';
import type { Webhook } from './webhooks.ts';

export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'dead';

/** One event on its way to one webhook. */
export interface Delivery {
  /** Also the webhook-id of the request. */
  readonly id: string;
  readonly webhookId: string;
  readonly event: EventType;
  /** JSON of a WebhookPayload. */
  readonly payload: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  /** The first 500 characters of the answer. */
  readonly lastResponse: string | null;
  readonly milliseconds: number | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
}

const columns = sql`d.id, d.webhook_id as "webhookId", d.event, d.payload, d.status, d.attempts,
  d.next_attempt_at as "nextAttemptAt", d.last_attempt_at as "lastAttemptAt", d.last_status as "lastStatus",
  d.last_error as "lastError", d.last_response as "lastResponse", d.milliseconds, d.delivered_at as "deliveredAt",
  d.created_at as "createdAt"`;

export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly ledgerId: number;
  readonly event: EventType;
  readonly payload: string;
}

/**
 * Of one event there is one delivery for each webhook, however often it is made out. Due at once, in this order. A
 * webhook that was removed meanwhile gets none.
 */
export async function insertDeliveries(trx: Trx, made: readonly NewDelivery[], now: Date): Promise<number> {
  if (made.length === 0) return 0;
  const { numAffectedRows } = await sql`
    insert into routing.webhook_deliveries (id, webhook_id, ledger_id, event, payload, status, next_attempt_at, created_at)
    select r.id, r."webhookId", r."ledgerId", r.event, r.payload, 'pending', ${now}, ${now}
    from rows from (jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
        as (id uuid, "webhookId" uuid, "ledgerId" bigint, event text, payload text))
      with ordinality as r(id, "webhookId", "ledgerId", event, payload, place)
    join routing.webhooks w on w.id = r."webhookId"
    order by r.place for key share of w
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** A delivery with what is needed to send it. */
export interface DueDelivery extends Delivery {
  readonly url: string;
  readonly format: Webhook['format'];
  readonly language: Webhook['language'];
  readonly failingSince: Date | null;
  readonly failures: number;
  readonly secret: string;
  /** The one before, while it still signs. */
  readonly previousSecret: string | null;
}

/**
 * The delivery to send next: of those that are due the one whose event is the oldest. Null when none is due, when the
 * receiver rests or was switched off, and when another process has taken it over.
 */
export async function findNextDue(
  db: Db,
  { webhookId, owner, now }: { readonly webhookId: string; readonly owner: number; readonly now: Date },
): Promise<DueDelivery | null> {
  const { rows } = await sql<DueDelivery>`
    select ${columns}, w.url, w.format, w.language, w.failing_since as "failingSince", w.failures, w.secret,
      case when w.previous_until > ${now} then w.previous_secret end as "previousSecret"
    from routing.webhook_deliveries d join routing.webhooks w on w.id = d.webhook_id
    where d.webhook_id = ${webhookId} and d.next_attempt_at <= ${now}
      and w.enabled and w.owner = ${owner} and (w.resting_until is null or w.resting_until <= ${now})
    order by d.turn limit 1`.execute(db);
  return rows[0] ?? null;
}

export interface AttemptRow {
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly lastResponse: string | null;
  readonly milliseconds: number;
  readonly at: Date;
}

/**
 * What came of an attempt, for the delivery and for its receiver, in one statement. The receiver is locked first, as by
 * a removal. What was delivered stays delivered, should another process have had it in hand too.
 */
export async function noteAttempt(
  db: Db,
  { id, webhookId }: Pick<Delivery, 'id' | 'webhookId'>,
  row: AttemptRow & { readonly restingUntil: Date | null },
): Promise<void> {
  const delivered = row.status === 'delivered';
  await sql`
    with receiver as (
      update routing.webhooks set resting_until = ${row.restingUntil}::timestamptz,
        delivered = delivered + ${delivered ? 1 : 0},
        failures = ${delivered ? sql`0` : sql`failures + 1`},
        failing_since = ${delivered ? sql`null` : sql`coalesce(failing_since, ${row.at})`}
      where id = ${webhookId} returning id)
    update routing.webhook_deliveries d set status = ${row.status}, attempts = attempts + 1,
      next_attempt_at = ${row.nextAttemptAt}::timestamptz, last_attempt_at = ${row.at}, last_status = ${row.lastStatus},
      last_error = ${row.lastError}, last_response = ${row.lastResponse}, milliseconds = ${row.milliseconds},
      delivered_at = ${delivered ? row.at : null}::timestamptz
    from receiver where d.id = ${id} and d.webhook_id = receiver.id and d.status in ('pending', 'failed')`.execute(db);
}

/** A test is not tried again. */
export async function insertTried(
  trx: Trx,
  made: Pick<Delivery, 'id' | 'webhookId' | 'event' | 'payload'>,
  row: Omit<AttemptRow, 'nextAttemptAt'>,
): Promise<void> {
  await sql`
    insert into routing.webhook_deliveries (id, webhook_id, event, payload, status, attempts, last_attempt_at, last_status,
      last_error, last_response, milliseconds, delivered_at, created_at)
    values (${made.id}, ${made.webhookId}, ${made.event}, ${made.payload}, ${row.status}, 1, ${row.at},
      ${row.lastStatus}, ${row.lastError}, ${row.lastResponse}, ${row.milliseconds},
      ${row.status === 'delivered' ? row.at : null}, ${row.at})`.execute(trx);
}

export async function findDelivery(db: Db, id: string): Promise<Delivery | null> {
  const { rows } = await sql<Delivery>`select ${columns} from routing.webhook_deliveries d where d.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

export interface DeliveryFilters {
  readonly webhookId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Newest first. */
export async function listDeliveries(
  db: Db,
  { webhookId, status, limit, after }: DeliveryFilters,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const { rows } = await sql<Delivery>`
    select ${columns} from routing.webhook_deliveries d
    where ${webhookId === undefined ? sql`true` : sql`d.webhook_id = ${webhookId}`}
      and ${status === undefined ? sql`true` : sql`d.status = ${status}`}
      and ${after === undefined ? sql`true` : sql`(d.created_at, d.id) < (${after.at}, ${after.id}::uuid)`}
    order by d.created_at desc, d.id desc limit ${limit + 1}`.execute(db);
  return toPage(rows, limit, (d) => ({ at: d.createdAt, id: d.id }));
}

/** Due at once, as if it had never been tried; its id stays. @returns how many */
export async function replayDeliveries(
  trx: Trx,
  which: { readonly id: string } | { readonly deadOf: string },
  now: Date,
): Promise<number> {
  const chosen = 'id' in which ? sql`id = ${which.id}` : sql`webhook_id = ${which.deadOf} and status = 'dead'`;
  const { numAffectedRows } = await sql`
    update routing.webhook_deliveries set status = 'pending', attempts = 0, next_attempt_at = ${now}, delivered_at = null
    where ${chosen} and event <> 'webhook.test'`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** How many deliveries of each webhook wait, and how many are dead; webhooks without either are left out. */
export async function countDeliveries(db: Db): Promise<ReadonlyMap<Webhook['id'], { open: number; dead: number }>> {
  const { rows } = await sql<{ id: string; open: number; dead: number }>`
    select webhook_id as id, count(*) filter (where next_attempt_at is not null) as open,
      count(*) filter (where status = 'dead') as dead
    from routing.webhook_deliveries where next_attempt_at is not null or status = 'dead' group by 1`.execute(db);
  return new Map(rows.map(({ id, open, dead }) => [id, { open, dead }]));
}

/** What is over and was made out before `before`. */
export async function removeOldDeliveries(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from routing.webhook_deliveries where created_at < ${before} and next_attempt_at is null`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
