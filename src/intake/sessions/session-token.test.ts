import fc from 'fast-check';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { readSessionToken, signSessionToken } from './session-token.ts';

const secret = Buffer.alloc(32, 7).toString('base64url');
const claims = { sessionId: 's-1', key: 'k-1', customerId: 'c-1' };
const now = new Date('2026-11-20T10:00:00Z');
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);

it('says what was signed, until it is 30 days old', async () => {
  const token = await signSessionToken(secret, claims, now);
  expect(await readSessionToken(secret, token, days(29))).toEqual(claims);
  expect(await readSessionToken(secret, token, days(31))).toBe('expired');
});

it('does not count under another key, nor without a signature, nor for another use', async () => {
  const token = await signSessionToken(secret, claims, now);
  expect(await readSessionToken(Buffer.alloc(32, 8).toString('base64url'), token, now)).toBe('invalid');
  const [, payload] = token.split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  expect(await readSessionToken(secret, none, now)).toBe('invalid');
  const other = await new SignJWT({ sid: 's-1' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('c-1')
    .setJti('k-1')
    .setAudience('another')
    .setExpirationTime('1h')
    .sign(Buffer.alloc(32, 7));
  expect(await readSessionToken(secret, other, now)).toBe('invalid');
});

it('does not count when anything in it was changed', async () => {
  const token = await signSessionToken(secret, claims, now);
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AQgw-_9'), async (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      // The last letter of base64url carries bits that no byte holds.
      if (changed === token || at === token.length - 1) return;
      expect(await readSessionToken(secret, changed, now)).toBe('invalid');
    }),
    { numRuns: 60 },
  );
});

it('never throws for what is no token', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await readSessionToken(secret, text, now)).toBe('invalid');
    }),
  );
});
