import { sql } from 'kysely';
import { type Db, ownerIsGone, type Trx } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import type { WebhookEvent, WebhookFormat } from '../webhooks/events.ts';

export type WordsLanguage = Exclude<Language, 'other'>;

/** Where events are sent to. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly format: WebhookFormat;
  /** None: all. */
  readonly events: readonly WebhookEvent[];
  readonly language: WordsLanguage;
  /** Whether subject and text of the customer are sent along. */
  readonly includeContent: boolean;
  readonly origin: 'api' | 'setting';
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  /** Since when nothing has gone through; null while it does. */
  readonly failingSince: Date | null;
  readonly failures: number;
  readonly restingUntil: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What may be set. */
export type WebhookSettings = Pick<Webhook, 'url' | 'format' | 'events' | 'language' | 'includeContent'>;

export interface NewWebhook extends WebhookSettings {
  readonly id: string;
  readonly origin: Webhook['origin'];
  readonly secret: string;
  readonly by: string;
  readonly now: Date;
}

const columns = sql`id, url, format, events, language, include_content as "includeContent", origin, enabled,
  disabled_reason as "disabledReason", failing_since as "failingSince", failures, resting_until as "restingUntil",
  created_by as "createdBy", created_at as "createdAt", updated_at as "updatedAt"`;

/** @returns null when a setting has made one for this address before */
export async function insertWebhook(trx: Trx, made: NewWebhook): Promise<Webhook | null> {
  const { rows } = await sql<Webhook>`
    insert into routing.webhooks (id, url, format, events, language, include_content, origin, enabled, secret,
      created_by, created_at, updated_at)
    values (${made.id}, ${made.url}, ${made.format}, ${made.events as string[]}::text[], ${made.language},
      ${made.includeContent}, ${made.origin}, true, ${made.secret}, ${made.by}, ${made.now}, ${made.now})
    on conflict (url) where origin = 'setting' do nothing
    returning ${columns}`.execute(trx);
  return rows[0] ?? null;
}

export async function listWebhooks(db: Db): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`select ${columns} from routing.webhooks order by created_at, id`.execute(db);
  return rows;
}

export async function findWebhook(db: Db, id: string): Promise<Webhook | null> {
  const { rows } = await sql<Webhook>`select ${columns} from routing.webhooks where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Two who change webhooks at the same time would each ask the outbox for what the other leaves out. */
export async function lockWebhooks(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('webhooks', 0))`.execute(trx);
}

export interface WebhookSwitch {
  readonly enabled: boolean;
  readonly disabledReason: string | null;
}

/** `afresh`: what failed before is not held against it. */
export async function updateWebhook(
  trx: Trx,
  id: string,
  {
    now,
    afresh,
    ...changed
  }: Omit<WebhookSettings, 'url'> & WebhookSwitch & { readonly afresh: boolean; readonly now: Date },
): Promise<Webhook | null> {
  const { rows } = await sql<Webhook>`
    update routing.webhooks set format = ${changed.format}, events = ${changed.events as string[]}::text[],
      language = ${changed.language}, include_content = ${changed.includeContent}, enabled = ${changed.enabled},
      disabled_reason = ${changed.disabledReason},
      failing_since = case when ${afresh} then null else failing_since end,
      failures = case when ${afresh} then 0 else failures end,
      resting_until = case when ${afresh} then null else resting_until end,
      updated_at = ${now}
    where id = ${id} returning ${columns}`.execute(trx);
  return rows[0] ?? null;
}

/** Its deliveries go with it. */
export async function removeWebhook(trx: Trx, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from routing.webhooks where id = ${id}`.execute(trx);
  return numAffectedRows === 1n;
}

export async function replaceSecret(
  trx: Trx,
  id: string,
  { secret, previousUntil, now }: { readonly secret: string; readonly previousUntil: Date; readonly now: Date },
): Promise<Webhook | null> {
  const { rows } = await sql<Webhook>`
    update routing.webhooks set previous_secret = secret, previous_until = ${previousUntil}, secret = ${secret},
      updated_at = ${now}
    where id = ${id} returning ${columns}`.execute(trx);
  return rows[0] ?? null;
}

/** The secrets that sign at `now`, the newest first. They leave the database for nothing else. */
export async function readSigningSecrets(db: Db, id: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ secret: string; previous: string | null }>`
    select secret, case when previous_until > ${now} then previous_secret end as previous
    from routing.webhooks where id = ${id}`.execute(db);
  return rows.flatMap(({ secret, previous }) => (previous === null ? [secret] : [secret, previous]));
}

/** @returns whether it was enabled until now */
export async function disableWebhook(trx: Trx, id: string, reason: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update routing.webhooks set enabled = false, disabled_reason = ${reason}, updated_at = ${now}
    where id = ${id} and enabled`.execute(trx);
  return numAffectedRows === 1n;
}

interface Claiming {
  readonly owner: number;
  readonly now: Date;
  /** Webhooks that this process is sending to already. */
  readonly except: readonly string[];
  readonly limit: number;
}

/**
 * Takes receivers that something is due for and that nobody else is sending to: free ones, those of a process that is
 * gone, and those that we hold without sending to them, because giving them back failed.
 */
export async function claimReceivers(db: Db, { owner, now, except, limit }: Claiming): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update routing.webhooks set owner = ${owner} where id in (
      select w.id from routing.webhooks w
      where w.enabled and w.id <> all(${except as string[]}::uuid[])
        and (w.resting_until is null or w.resting_until <= ${now})
        and exists (select from routing.webhook_deliveries d where d.webhook_id = w.id and d.next_attempt_at <= ${now})
        and (w.owner is null or w.owner = ${owner} or ${ownerIsGone('w.owner')})
      order by w.id limit ${limit} for update skip locked)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function releaseReceiver(db: Db, id: string, owner: number): Promise<void> {
  await sql`update routing.webhooks set owner = null where id = ${id} and owner = ${owner}`.execute(db);
}

/** How often anything went through to anybody, tests left out. */
export async function countDelivered(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(delivered), 0)::bigint as n from routing.webhooks`.execute(db);
  return rows[0]?.n ?? 0;
}
