export {
  type Delivery,
  type DeliveryFilters,
  type DeliveryStatus,
  deliveryStatuses,
} from '../stores/webhook-deliveries.ts';
export { listWebhooks, type Webhook, type WebhookSettings } from '../stores/webhooks.ts';
export type { WebhookChange } from './change-webhooks.ts';
export { type EventType, type WebhookEvent, type WebhookFormat, webhookEvents, webhookFormats } from './events.ts';
export { createPoster, type Poster } from './post-to-receiver.ts';
export { createWebhookSender, tidyDeliveries, type WebhookSender } from './run-lanes.ts';
export { detectFormat, shownUrl } from './target.ts';
export * from './webhook-commands.ts';
