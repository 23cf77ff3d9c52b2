import { appendToLedger, setSubscription, type Trx } from '../../platform/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import {
  disableWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  lockWebhooks,
  type NewWebhook,
  removeWebhook,
  replaceSecret,
  updateWebhook,
  type Webhook,
  type WebhookSettings,
} from '../stores/webhooks.ts';
import { actionsFor } from './events.ts';
import { subscriber } from './fan-out.ts';

/** What people do with webhooks. Each is done in the caller's transaction, with its row in the ledger. */

interface By {
  readonly by: string;
  readonly now: Date;
}

/** For how long the secret before still signs. */
export const rotationMs = 24 * 3_600_000;

/** The outbox is asked for what the webhooks that are on want to hear of. Without any it costs nothing. */
export async function subscribeAnew(trx: Trx): Promise<void> {
  await lockWebhooks(trx);
  const enabled = (await listWebhooks(trx)).filter((webhook) => webhook.enabled);
  await setSubscription(trx, subscriber, actionsFor(enabled));
}

/** @returns null when the setting has made one for this address before */
export async function addWebhook(trx: Trx, made: NewWebhook): Promise<Webhook | null> {
  const webhook = await insertWebhook(trx, made);
  if (webhook === null) return null;
  await subscribeAnew(trx);
  const { id, format, events, origin, includeContent, url } = webhook;
  const data = { to: new URL(url).origin, format, events, includeContent, origin };
  await note(trx, 'webhook-added', { id, by: made.by, now: made.now, data });
  return webhook;
}

export type WebhookChange = {
  readonly [K in keyof Omit<WebhookSettings, 'url'>]?: WebhookSettings[K] | undefined;
} & {
  readonly enabled?: boolean | undefined;
};

/** @throws `not-found` */
export async function changeWebhook(trx: Trx, id: string, change: WebhookChange, { by, now }: By): Promise<Webhook> {
  await lockWebhooks(trx);
  const before = (await findWebhook(trx, id)) ?? missing(id);
  const enabled = change.enabled ?? before.enabled;
  const changed = await updateWebhook(trx, id, {
    format: change.format ?? before.format,
    events: change.events ?? before.events,
    language: change.language ?? before.language,
    includeContent: change.includeContent ?? before.includeContent,
    enabled,
    disabledReason: enabled ? null : change.enabled === false ? `Switched off by ${by}.` : before.disabledReason,
    // Who switches it on or off has taken note of what went wrong.
    afresh: change.enabled !== undefined,
    now,
  });
  await subscribeAnew(trx);
  await note(trx, 'webhook-changed', { id, by, now, data: { ...change } });
  return changed ?? missing(id);
}

/** @throws `not-found` */
export async function deleteWebhook(trx: Trx, id: string, { by, now }: By): Promise<void> {
  await lockWebhooks(trx);
  const { url } = (await findWebhook(trx, id)) ?? missing(id);
  await removeWebhook(trx, id);
  await subscribeAnew(trx);
  // The webhook is gone: only here it stands where events went. The rest of an address may be a password.
  await note(trx, 'webhook-removed', { id, by, now, data: { to: new URL(url).origin } });
}

/** @throws `not-found` */
export async function rotateSecret(trx: Trx, id: string, secret: string, { by, now }: By): Promise<Webhook> {
  const previousUntil = new Date(now.getTime() + rotationMs);
  const webhook = (await replaceSecret(trx, id, { secret, previousUntil, now })) ?? missing(id);
  await note(trx, 'webhook-secret-rotated', { id, by, now });
  return webhook;
}

/** What was sent because somebody asked for it, not because something happened. */
export const noteAsked = (trx: Trx, action: 'webhook-replayed' | 'webhook-tested', asked: Parameters<typeof note>[2]) =>
  note(trx, action, asked);

/** The setting names one address: what an earlier one has added is switched off, and on again when it comes back. */
export async function followSetting(trx: Trx, made: NewWebhook): Promise<Webhook | null> {
  await lockWebhooks(trx);
  const earlier = (await listWebhooks(trx)).filter(({ origin }) => origin === 'setting');
  for (const { id, url, enabled, disabledReason } of earlier) {
    if (url !== made.url && (await disableWebhook(trx, id, otherAddress, made.now)))
      await note(trx, 'webhook-disabled', { id, by: made.by, now: made.now, data: { reason: otherAddress } });
    if (url === made.url && !enabled && disabledReason === otherAddress)
      await changeWebhook(trx, id, { enabled: true }, made);
  }
  const added = await addWebhook(trx, made);
  if (added === null) await subscribeAnew(trx);
  return added;
}

const otherAddress = 'WEBHOOK_URL names another address now.';

function missing(id: string): never {
  throw new SignalboxError('not-found', `There is no webhook ${id}. GET /webhooks lists them.`);
}

const note = (
  trx: Trx,
  action: string,
  { id, by, now, data }: By & { readonly id: string; readonly data?: Record<string, unknown> },
) =>
  appendToLedger(trx, [
    { at: now, actor: by, action, subjectType: 'webhook', subjectId: id, ...(data === undefined ? {} : { data }) },
  ]);
