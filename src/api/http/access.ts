import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { SignalboxError } from '../../ticket/index.ts';
import type { Scope } from '../contract/index.ts';

/** Who calls. The name is the actor in every row of the ledger. */
export interface Caller {
  readonly name: string;
  readonly scope: Exclude<Scope, 'public'>;
}

export interface AccessSettings {
  /** True on loopback: callers without credentials are let in as `local`. */
  readonly open: boolean;
  readonly adminKey: string | undefined;
  /** The key with this hash, or null; revoked keys are not found. */
  readonly findKey: (hash: string) => Promise<Caller | null>;
}

const rank = { customer: 1, agent: 2, admin: 3 } as const;

/** Keys are stored as this hash. They are long and random, so that a plain fast hash is enough. */
export const hashKey = (key: string) => createHash('sha256').update(key).digest('hex');

/** The whole of 127.0.0.0/8 is this machine; a name that only begins like it is not. */
const isLoopbackName = (name: string) =>
  name === 'localhost' || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));

/**
 * On loopback no credentials are asked for, so a web page in the user's browser must not be able to call us: a
 * foreign Host (DNS rebinding) and a foreign Origin on writes (cross-site requests) are refused.
 * @throws `forbidden`
 */
export function refuseForeign(request: FastifyRequest, open: boolean): void {
  const host = request.headers.host ?? '';
  if (open && !isLoopbackName(host.replace(/:\d+$/, '').toLowerCase())) {
    throw new SignalboxError(
      'forbidden',
      'The Host header names another machine. Call Signalbox by localhost or 127.0.0.1, or set HOST and SIGNALBOX_ADMIN_KEY to open it.',
    );
  }
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (!reading) refuseForeignOrigin(request);
}

/** For writes, and for sockets: those begin with a GET and are not held back by the browser. @throws `forbidden` */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const host = request.headers.host ?? '';
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host)
    throw new SignalboxError(
      'forbidden',
      'The Origin header names another site. Pages of other sites may not write to Signalbox.',
    );
}

/** @throws `unauthenticated` for missing or wrong credentials, `forbidden` for a scope that is too small. */
export async function authenticate(request: FastifyRequest, needed: Scope, settings: AccessSettings): Promise<Caller> {
  const caller = await identify(request, settings);
  if (needed === 'public') return caller ?? { name: 'anonymous', scope: 'customer' };
  if (caller === null)
    throw new SignalboxError('unauthenticated', 'This address needs a key: send it as Authorization: Bearer <key>.');
  if (rank[caller.scope] < rank[needed])
    throw new SignalboxError(
      'forbidden',
      `This needs a key with the scope ${needed}; the key ${caller.name} has ${caller.scope}.`,
    );
  return caller;
}

/** The hash of the key that is sent, however "Bearer" is written; null without one. */
export function keyHashOf(request: FastifyRequest): string | null {
  const token = /^Bearer ([\x21-\x7e]{8,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? null : hashKey(token);
}

export const isAdminKey = (hash: string, adminKey: string | undefined) =>
  adminKey !== undefined && timingSafeEqual(Buffer.from(hash), Buffer.from(hashKey(adminKey)));

async function identify(request: FastifyRequest, settings: AccessSettings): Promise<Caller | null> {
  if (request.headers.authorization === undefined) return settings.open ? { name: 'local', scope: 'admin' } : null;
  const hash = keyHashOf(request);
  if (hash === null) throw new SignalboxError('unauthenticated', 'The Authorization header must read: Bearer <key>.');
  if (isAdminKey(hash, settings.adminKey)) return { name: 'admin', scope: 'admin' };
  const caller = await settings.findKey(hash);
  if (caller === null) throw new SignalboxError('unauthenticated', 'This key is not known, or it was revoked.');
  return caller;
}
