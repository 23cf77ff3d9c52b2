import type { Delivery } from '../stores/webhook-deliveries.ts';
import type { Webhook } from '../stores/webhooks.ts';
import type { Poster } from './post-to-receiver.ts';
import { renderBody } from './render.ts';
import type { Attempt } from './retry-plan.ts';
import { signatureHeaders } from './sign.ts';

interface Sending {
  readonly post: Poster;
  readonly secrets: readonly string[];
  readonly now: Date;
  readonly signal: AbortSignal;
}

export interface Tried {
  readonly attempt: Attempt;
  readonly milliseconds: number;
}

/** One attempt. Throws only when `signal` ends it. */
export async function sendDelivery(
  webhook: Pick<Webhook, 'url' | 'format' | 'language'>,
  delivery: Pick<Delivery, 'id' | 'payload'>,
  { post, secrets, now, signal }: Sending,
): Promise<Tried> {
  const started = performance.now();
  const body = renderBody(delivery.payload, webhook);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Signalbox-Webhooks',
    ...signatureHeaders(secrets, { id: delivery.id, now, body }),
  };
  const attempt = await post({ url: webhook.url, headers, body, signal, now });
  return { attempt, milliseconds: performance.now() - started };
}

/** What the log of deliveries keeps of an attempt. */
export function attemptColumns({ attempt, milliseconds }: Tried) {
  return attempt.kind === 'answered'
    ? { lastStatus: attempt.status, lastError: null, lastResponse: attempt.text, milliseconds }
    : { lastStatus: null, lastError: attempt.error, lastResponse: null, milliseconds };
}
