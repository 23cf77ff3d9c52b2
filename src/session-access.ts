import { randomBytes } from 'node:crypto';
import type { Entered, SessionRequest } from './api/index.ts';
import type { CustomerClaim, Session } from './intake/index.ts';
import {
  identifyCustomer,
  insertSession,
  readSession,
  readSessionToken,
  type SessionClaims,
  signSessionToken,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, readSecret } from './platform/index.ts';
import { SignalboxError } from './ticket/index.ts';

/**
 * Whose a session is.
 *
 *   no such session, no key            → 401, where keys are asked for
 *   no such session, no token          → it is opened, and who asked gets its token, once
 *   no such session, token of another  → it is opened for the same customer: somebody comes back
 *   session, its own token             → in
 *   session, anything else             → 403; a key of any scope does not speak for a customer
 *
 * A session's id grants nothing, so it may be guessed. Who is given the id of a session that somebody else has opened
 * (fixation) has no token for it and is refused. A token counts for one session, one key and one customer.
 */
export interface SessionAccess {
  enter(request: SessionRequest, claim: CustomerClaim): Promise<Entered>;
  read(request: SessionRequest): Promise<Session>;
}

export function createSessionAccess(parts: PipelineParts): SessionAccess {
  const { db } = parts.database;
  let secret: Promise<string> | undefined;
  const readKey = () => {
    secret ??= readSecret(db, 'chat-session-key', {
      value: randomBytes(32).toString('base64url'),
      now: parts.clock.now(),
    }).catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return secret;
  };
  const claimsOf = async (token: string) => {
    const claims = await readSessionToken(await readKey(), token, parts.clock.now());
    if (typeof claims !== 'string') return claims;
    throw refused(
      claims === 'expired' ? 'The session_token is older than 30 days.' : 'The session_token is not valid.',
    );
  };
  return {
    async enter(request, claim) {
      const session = await readSession(db, request.sessionId);
      if (session === null) return openFirst(parts, { request, claim, readKey, claimsOf });
      requireOwner(session, request.token === undefined ? null : await claimsOf(request.token));
      return { session, token: null };
    },
    async read(request) {
      const session = await readSession(db, request.sessionId);
      if (request.token === undefined && isAgent(request)) {
        if (session === null) throw new SignalboxError('not-found', `There is no session ${request.sessionId}.`);
        return session;
      }
      if (session === null) throw refused('This session is not yours.');
      requireOwner(session, request.token === undefined ? null : await claimsOf(request.token));
      return session;
    },
  };
}

/** A key of an agent or admin. Who is let in without any key (loopback) is nobody in particular. */
const isAgent = ({ caller }: SessionRequest) => caller.name !== 'local' && caller.scope !== 'customer';

const refused = (why: string) =>
  new SignalboxError(
    'forbidden',
    `${why} Send the session_token that the first answer of the session gave (header X-Session-Token, field session_token or ?token=), or begin anew with another session_id and no token.`,
  );

function requireOwner(session: Session, claims: SessionClaims | null): void {
  if (claims === null) throw refused('This session was opened before and belongs to who opened it.');
  const { sessionId, key, customerId } = claims;
  if (sessionId !== session.id || key !== session.key || customerId !== session.customer_id)
    throw refused('The session_token belongs to another session.');
}

interface Opening {
  readonly request: SessionRequest;
  readonly claim: CustomerClaim;
  readonly readKey: () => Promise<string>;
  readonly claimsOf: (token: string) => Promise<SessionClaims>;
}

async function openFirst(parts: PipelineParts, { request, claim, readKey, claimsOf }: Opening): Promise<Entered> {
  const { caller, sessionId, token } = request;
  // Each new session has a new token: with an old one alone somebody could open sessions for ever, after the key is revoked.
  if (caller.name === 'anonymous')
    throw new SignalboxError('unauthenticated', 'To open a session send a key as Authorization: Bearer <key>.');
  const earlier = token === undefined ? null : await ownedSession(parts, await claimsOf(token));
  const now = parts.clock.now();
  const key = await readKey();
  const session = await parts.database.transaction(async (trx) => {
    const trusted = caller.scope !== 'customer';
    const customerId =
      earlier?.customer_id ?? (await identifyCustomer(trx, claim, { id: parts.newId(), trusted, now })).id;
    const row = { id: sessionId, key: parts.newId(), customer_id: customerId, channel: 'chat' };
    const opened = await insertSession(trx, { ...row, opened_by: caller.name, now });
    // Two first contacts at once: one of them opened it.
    if (opened === null) throw refused('This session was opened by somebody else in this moment.');
    const subject = { subjectType: 'customer', subjectId: customerId };
    await appendToLedger(trx, [{ at: now, actor: caller.name, action: 'session-opened', ...subject }]);
    return opened;
  });
  const claims = { sessionId, key: session.key, customerId: session.customer_id };
  return { session, token: await signSessionToken(key, claims, now) };
}

/** The session that a token was made for, as long as it is there. */
async function ownedSession(parts: PipelineParts, claims: SessionClaims): Promise<Session> {
  const session = await readSession(parts.database.db, claims.sessionId);
  if (session === null) throw refused('The session of this session_token is gone.');
  requireOwner(session, claims);
  return session;
}
