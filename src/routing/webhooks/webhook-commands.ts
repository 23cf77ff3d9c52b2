import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock, Database, NewId } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import {
  countDeliveries,
  type Delivery,
  type DeliveryFilters,
  findDelivery,
  insertTried,
  listDeliveries,
  replayDeliveries,
} from '../stores/webhook-deliveries.ts';
import {
  countDelivered,
  findWebhook,
  listWebhooks,
  readSigningSecrets,
  type Webhook,
  type WebhookSettings,
} from '../stores/webhooks.ts';
import {
  addWebhook,
  changeWebhook,
  deleteWebhook,
  followSetting,
  noteAsked,
  rotateSecret,
  type WebhookChange,
} from './change-webhooks.ts';
import type { WebhookPayload } from './events.ts';
import type { Poster } from './post-to-receiver.ts';
import { attemptColumns, sendDelivery } from './send-delivery.ts';
import { secretOf } from './sign.ts';
import { detectFormat, hostOf, refuseAddress, refuseUrl, type TargetRules } from './target.ts';

export interface WebhookParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly post: Poster;
  readonly rules: TargetRules;
}

/** A webhook and what stands before it. */
export interface WebhookState extends Webhook {
  readonly open: number;
  readonly dead: number;
}

export interface WebhookCommands {
  /** The secret is told here and never again. @throws `invalid-fields` for an address that is not spoken to */
  add(settings: WebhookSettings, actor: string): Promise<{ webhook: WebhookState; secret: string }>;
  list(): Promise<WebhookState[]>;
  change(id: string, change: WebhookChange, actor: string): Promise<WebhookState>;
  remove(id: string, actor: string): Promise<void>;
  /** The secret before signs along for a day. */
  rotate(id: string, actor: string): Promise<{ webhook: WebhookState; secret: string }>;
  /** Sends one message now, past all others, and tells what came of it; nothing follows from it. */
  test(id: string, actor: string): Promise<Delivery>;
  deliveries(filters: DeliveryFilters): Promise<{ items: Delivery[]; nextCursor: string | null }>;
  /** @throws `not-found`, `invalid-state` while the webhook is off */
  replay(deliveryId: string, actor: string): Promise<Delivery>;
  /** All dead ones. @returns how many */
  replayDead(webhookId: string, actor: string): Promise<number>;
  /** How often anything went through. */
  delivered(): Promise<number>;
  /** Makes the webhook that WEBHOOK_URL names, once. @throws `config-invalid` */
  followSetting(url: string): Promise<void>;
}

export function createWebhookCommands(parts: WebhookParts): WebhookCommands {
  const { database, clock, newId } = parts;
  const { db } = database;
  const fresh = () => secretOf(randomBytes(32));
  const by = (actor: string) => ({ by: actor, now: clock.now() });
  const stateOf = async (webhook: Webhook): Promise<WebhookState> => {
    const counted = (await countDeliveries(db)).get(webhook.id);
    return { ...webhook, open: counted?.open ?? 0, dead: counted?.dead ?? 0 };
  };
  return {
    async add(settings, actor) {
      const reason = await refuse(settings.url, parts.rules);
      if (reason !== null)
        throw new SignalboxError('invalid-fields', `A webhook cannot point to this url: ${reason}.`, {
          fields: [{ path: 'url', message: reason }],
        });
      const secret = fresh();
      const made = { ...settings, id: newId(), origin: 'api' as const, secret, ...by(actor) };
      const webhook = await database.transaction((trx) => addWebhook(trx, made));
      return { webhook: { ...webhook!, open: 0, dead: 0 }, secret };
    },
    async list() {
      const [webhooks, counts] = await Promise.all([listWebhooks(db), countDeliveries(db)]);
      return webhooks.map((w) => ({ ...w, ...(counts.get(w.id) ?? { open: 0, dead: 0 }) }));
    },
    change: async (id, change, actor) =>
      stateOf(await database.transaction((trx) => changeWebhook(trx, id, change, by(actor)))),
    remove: (id, actor) => database.transaction((trx) => deleteWebhook(trx, id, by(actor))),
    async rotate(id, actor) {
      const secret = fresh();
      const webhook = await database.transaction((trx) => rotateSecret(trx, id, secret, by(actor)));
      return { webhook: await stateOf(webhook), secret };
    },
    test: (id, actor) => testWebhook(parts, id, actor),
    deliveries: (filters) => listDeliveries(db, filters),
    replay: (deliveryId, actor) => replayOne(parts, deliveryId, by(actor)),
    async replayDead(webhookId, actor) {
      const webhook = await findWebhook(db, webhookId);
      requireEnabled(webhook, `There is no webhook ${webhookId}.`);
      const asked = by(actor);
      return database.transaction(async (trx) => {
        const replayed = await replayDeliveries(trx, { deadOf: webhookId }, asked.now);
        if (replayed > 0) await noteAsked(trx, 'webhook-replayed', { id: webhookId, ...asked, data: { replayed } });
        return replayed;
      });
    },
    delivered: () => countDelivered(db),
    followSetting: (url) => addFromSetting(parts, url, fresh()),
  };
}

/** Why this address is not taken. A name that can't be looked up now is; it is looked at again at each connection. */
async function refuse(text: string, rules: TargetRules): Promise<string | null> {
  if (!URL.canParse(text)) return 'it is not a URL';
  const url = new URL(text);
  const reason = refuseUrl(url, rules);
  const host = hostOf(url);
  if (reason !== null || isIP(host) !== 0) return reason;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.map(({ address }) => refuseAddress(address, rules)).find((refused) => refused !== null) ?? null;
}

async function testWebhook(
  { database, clock, newId, post }: WebhookParts,
  id: string,
  actor: string,
): Promise<Delivery> {
  const now = clock.now();
  const webhook = await findWebhook(database.db, id);
  if (webhook === null) throw new SignalboxError('not-found', `There is no webhook ${id}. GET /webhooks lists them.`);
  const payload: WebhookPayload = { type: 'webhook.test', timestamp: now.toISOString(), data: { webhook_id: id } };
  const made = { id: newId(), webhookId: id, event: payload.type, payload: JSON.stringify(payload) };
  const secrets = await readSigningSecrets(database.db, id, now);
  const { signal } = new AbortController();
  const tried = await sendDelivery(webhook, made, { post, secrets, now, signal });
  const { attempt } = tried;
  const passed = attempt.kind === 'answered' && attempt.status >= 200 && attempt.status < 300;
  return database.transaction(async (trx) => {
    await insertTried(trx, made, {
      status: passed ? 'delivered' : 'dead',
      ...attemptColumns(tried),
      at: clock.now(),
    });
    await noteAsked(trx, 'webhook-tested', { id, by: actor, now, data: { delivery_id: made.id } });
    return (await findDelivery(trx, made.id))!;
  });
}

async function replayOne(
  { database }: WebhookParts,
  id: string,
  asked: { readonly by: string; readonly now: Date },
): Promise<Delivery> {
  return database.transaction(async (trx) => {
    const delivery = await findDelivery(trx, id);
    if (delivery === null || delivery.event === 'webhook.test')
      throw new SignalboxError(
        'not-found',
        `There is no delivery ${id} that could be sent again. GET /webhooks/deliveries lists them.`,
      );
    requireEnabled(await findWebhook(trx, delivery.webhookId), `There is no webhook ${delivery.webhookId}.`);
    await replayDeliveries(trx, { id }, asked.now);
    await noteAsked(trx, 'webhook-replayed', { id: delivery.webhookId, ...asked, data: { delivery_id: id } });
    return (await findDelivery(trx, id))!;
  });
}

function requireEnabled(webhook: Webhook | null, missing: string): void {
  if (webhook === null) throw new SignalboxError('not-found', `${missing} GET /webhooks lists them.`);
  if (!webhook.enabled)
    throw new SignalboxError(
      'invalid-state',
      `The webhook is switched off (${webhook.disabledReason ?? ''}) PATCH /webhooks/${webhook.id} {"enabled": true} first.`,
    );
}

async function addFromSetting({ database, clock, newId, rules }: WebhookParts, url: string, secret: string) {
  const reason = refuseUrl(new URL(url), rules);
  if (reason !== null) throw new SignalboxError('config-invalid', `WEBHOOK_URL cannot be used: ${reason}.`);
  const { href } = new URL(url);
  await database.transaction((trx) =>
    followSetting(trx, {
      id: newId(),
      url: href,
      format: detectFormat(new URL(url)),
      events: ['ticket.critical', 'incident.opened'],
      language: 'en',
      includeContent: false,
      origin: 'setting',
      secret,
      by: 'WEBHOOK_URL',
      now: clock.now(),
    }),
  );
}
