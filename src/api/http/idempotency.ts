import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { SignalboxError } from '../../ticket/index.ts';

export interface StoredResponse {
  readonly status: number;
  readonly body: string;
}

/** Keeps the first answer under an Idempotency-Key for 24 hours. */
export interface IdempotencyStore {
  /**
   * Claims the key: `begin` when it is ours to do, the first answer when it was done.
   * @throws `idempotency-mismatch` for another request under the key, `idempotency-in-flight`
   */
  claim(key: {
    scope: string;
    key: string;
    requestHash: string;
  }): Promise<{ kind: 'begin' } | { kind: 'done'; response: StoredResponse }>;
  finish(key: { scope: string; key: string }, response: StoredResponse): Promise<void>;
  /** The request failed on our side or changed nothing: the key is free again. */
  forget(key: { scope: string; key: string }): Promise<void>;
}

export interface IdempotencyKey {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
  /**
   * Name of the effect under this key. It goes into the unique column of what is stored, so that even a process
   * that dies between the effect and the noted answer does not do it twice.
   */
  readonly effect: string;
}

/**
 * Reads the header. Who calls is the actor and, in a chat, the token of the session: the first answer is given again
 * before anybody looks at the token, so it must not be found without it.
 * @throws `invalid-fields` for an empty or over-long key.
 */
export function idempotencyKeyOf(request: FastifyRequest, actor: string): IdempotencyKey | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  const key = String(header).trim();
  if (key === '' || key.length > 200) {
    throw new SignalboxError('invalid-fields', 'The Idempotency-Key header must have 1 to 200 characters.', {
      fields: [{ path: 'Idempotency-Key', message: 'must have 1 to 200 characters' }],
    });
  }
  const token = request.headers['x-session-token'];
  const who = token === undefined ? actor : `${actor} ${sha256(String(token).trim())}`;
  const scope = `${who} ${request.method} ${request.url.split('?', 1)[0]?.replace(/\/$/, '')}`;
  const requestHash = sha256(JSON.stringify(request.body ?? null));
  return { scope, key, requestHash, effect: `idem:${sha256(`${scope}\n${key}`).slice(0, 40)}` };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
