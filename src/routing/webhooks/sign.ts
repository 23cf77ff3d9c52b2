import { Webhook } from 'standardwebhooks';

/** A new signing secret from 32 random bytes. */
export const secretOf = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`;

export interface Signed {
  readonly id: string;
  readonly now: Date;
  readonly body: string;
}

/**
 * The headers of the Standard Webhooks. With two secrets, while one takes over from the other, there are two signatures
 * and either verifies.
 */
export function signatureHeaders(secrets: readonly string[], { id, now, body }: Signed): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}
