export type { Delivery } from '../stores/webhook-deliveries.ts';
export { listWebhooks, type Webhook, type WebhookSettings } from '../stores/webhooks.ts';
export { createPoster, type Poster } from './post-to-receiver.ts';
export { createWebhookSender, tidyDeliveries, type WebhookSender } from './run-lanes.ts';
export { detectFormat, shownUrl } from './target.ts';
export * from './webhook-commands.ts';
