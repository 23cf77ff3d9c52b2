import { errors, jwtVerify, SignJWT } from 'jose';

/**
 * The token of a chat session: who holds it is who opened the session. HS256 over the session, its key and its
 * customer; made once, when the session is opened, and valid for 30 days.
 */
export interface SessionClaims {
  readonly sessionId: string;
  readonly key: string;
  readonly customerId: string;
}

const lifetimeDays = 30;
const audience = 'signalbox-chat';

/** `secret` has 32 bytes, as base64url (platform/secrets). */
const keyOf = (secret: string) => Buffer.from(secret, 'base64url');

export function signSessionToken(secret: string, claims: SessionClaims, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.customerId)
    .setJti(claims.key)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifetimeDays * 86_400)
    .sign(keyOf(secret));
}

/** What the token says, or why it does not count. Never throws for whatever is sent. */
export async function readSessionToken(
  secret: string,
  token: string,
  now: Date,
): Promise<SessionClaims | 'expired' | 'invalid'> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['sid', 'sub', 'jti', 'exp'],
      currentDate: now,
    });
    const { sid, sub, jti } = payload;
    if (typeof sid !== 'string' || sub === undefined || jti === undefined) return 'invalid';
    return { sessionId: sid, customerId: sub, key: jti };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    return 'invalid';
  }
}
