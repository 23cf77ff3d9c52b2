import { decodeCursor } from '../../../platform/index.ts';
import { type Delivery, detectFormat, shownUrl, type WebhookState } from '../../../routing/index.ts';
import { type DeliveryBody, type WebhookBody, webhookRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

export function bindWebhooks(bind: Binder, { webhooks }: Services): void {
  bind(webhookRoutes.addWebhook, async ({ body, caller }) => {
    const { url, events, language } = body;
    const format = body.format ?? detectFormat(new URL(url));
    const settings = { url, format, events, language, includeContent: body.include_content };
    const { webhook, secret } = await webhooks.add(settings, caller.name);
    return { status: 201, body: { ...presentWebhook(webhook), secret } };
  });
  bind(webhookRoutes.listWebhooks, async () => ({
    status: 200,
    body: { items: (await webhooks.list()).map(presentWebhook) },
  }));
  bind(webhookRoutes.changeWebhook, async ({ params, body, caller }) => {
    const { include_content: includeContent, ...change } = body;
    return {
      status: 200,
      body: presentWebhook(await webhooks.change(params.id, { ...change, includeContent }, caller.name)),
    };
  });
  bind(webhookRoutes.deleteWebhook, async ({ params, caller }) => {
    await webhooks.remove(params.id, caller.name);
    return { status: 204, body: null };
  });
  bind(webhookRoutes.testWebhook, async ({ params, caller }) => ({
    status: 200,
    body: presentDelivery(await webhooks.test(params.id, caller.name)),
  }));
  bind(webhookRoutes.rotateWebhook, async ({ params, caller }) => {
    const { webhook, secret } = await webhooks.rotate(params.id, caller.name);
    return { status: 200, body: { ...presentWebhook(webhook), secret } };
  });
  bind(webhookRoutes.replayWebhook, async ({ params, caller }) => ({
    status: 202,
    body: { replayed: await webhooks.replayDead(params.id, caller.name) },
  }));
  bind(webhookRoutes.listDeliveries, async ({ query: { webhook, status, limit, cursor } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { items, nextCursor } = await webhooks.deliveries({ webhookId: webhook, status, limit, after });
    return { status: 200, body: { items: items.map(presentDelivery), next_cursor: nextCursor } };
  });
  bind(webhookRoutes.replayDelivery, async ({ params, caller }) => ({
    status: 202,
    body: presentDelivery(await webhooks.replay(params.id, caller.name)),
  }));
}

function presentWebhook(webhook: WebhookState): WebhookBody {
  return {
    id: webhook.id,
    url: shownUrl(webhook.url),
    format: webhook.format,
    events: [...webhook.events],
    language: webhook.language,
    include_content: webhook.includeContent,
    enabled: webhook.enabled,
    disabled_reason: webhook.disabledReason,
    failing_since: webhook.failingSince?.toISOString() ?? null,
    pending: webhook.open,
    dead: webhook.dead,
    origin: webhook.origin,
    created_by: webhook.createdBy,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}

function presentDelivery(delivery: Delivery): DeliveryBody {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    event: delivery.event,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    last_attempt_at: delivery.lastAttemptAt?.toISOString() ?? null,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    last_response: delivery.lastResponse,
    duration_ms: delivery.milliseconds,
    delivered_at: delivery.deliveredAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
    payload: JSON.parse(delivery.payload),
  };
}
