import type { OutboxEntry } from '../../platform/index.ts';

/** What a receiver can hear of. */
export const webhookEvents = [
  'ticket.created',
  'ticket.routed',
  'ticket.critical',
  'ticket.resolved',
  'ticket.reopened',
  'reply.sent',
  'review.requested',
  'incident.opened',
  'incident.closed',
  'sla.breached',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** A test is sent on request only; nobody subscribes to it. */
export type EventType = WebhookEvent | 'webhook.test';

export type WebhookFormat = 'generic' | 'slack' | 'discord';

/** Which actions of the ledger are which event. */
const eventOf: Readonly<Record<string, WebhookEvent>> = {
  'ticket-received': 'ticket.created',
  'ticket-assigned': 'ticket.routed',
  'ticket-queued': 'ticket.routed',
  'ticket-critical': 'ticket.critical',
  'ticket-resolved': 'ticket.resolved',
  'ticket-reopened': 'ticket.reopened',
  'reply-sent': 'reply.sent',
  'review-requested': 'review.requested',
  // A run that failed asks for a person too.
  'run-failed': 'review.requested',
  'incident-opened': 'incident.opened',
  'incident-closed': 'incident.closed',
  'sla-breached': 'sla.breached',
};

/** The event that an entry tells of, or null. */
export const eventTypeOf = ({ action }: Pick<OutboxEntry, 'action'>): WebhookEvent | null => eventOf[action] ?? null;

/** Whether a webhook with these events wants that one; none named means all. */
export const wants = (events: readonly WebhookEvent[], event: WebhookEvent): boolean =>
  events.length === 0 || events.includes(event);

/** The actions of the ledger that are needed for webhooks with these events, sorted. */
export function actionsFor(webhooks: readonly { readonly events: readonly WebhookEvent[] }[]): string[] {
  const needed = Object.entries(eventOf).filter(([, event]) => webhooks.some(({ events }) => wants(events, event)));
  return needed.map(([action]) => action).sort();
}

/** What is sent, in the form of the Standard Webhooks. */
export interface WebhookPayload {
  readonly type: EventType;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}
