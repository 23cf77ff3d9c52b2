import { randomBytes } from 'node:crypto';
import { hashKey } from '../api/index.ts';
import {
  addApiKey,
  appendToLedger,
  type KeyScope,
  listApiKeys,
  newId,
  revokeApiKey,
  systemClock,
} from '../platform/index.ts';
import { table } from './figures.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** The key is shown once, here; only its hash is stored. */
export function addKey(given: string, scope: KeyScope, terminal: Terminal): Promise<number> {
  const name = given.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(name))
    throw new UsageError('A name has 1 to 100 letters, digits, blanks and . _ @ -, and begins with a letter or digit.');
  return withDatabase(terminal, async (database) => {
    const key = `sbx_${randomBytes(32).toString('base64url')}`;
    const now = systemClock.now();
    await database.transaction(async (trx) => {
      await addApiKey(trx, { id: newId(), name, scope, hash: hashKey(key), now });
      await appendToLedger(trx, [note('key-added', name, { now, data: { scope } })]);
    });
    await terminal.write(`${key}\n`);
    terminal.say(
      `Key ${name} with the scope ${scope}. It is shown this once and cannot be read again. Send it as: Authorization: Bearer KEY`,
    );
    return 0;
  });
}

export function listKeys(json: boolean, terminal: Terminal): Promise<number> {
  return withDatabase(terminal, async (database) => {
    const keys = await listApiKeys(database.db);
    if (json) {
      for (const { name, scope, createdAt, revokedAt } of keys)
        await terminal.write(`${JSON.stringify({ name, scope, created_at: createdAt, revoked_at: revokedAt })}\n`);
      return 0;
    }
    const rows = keys.map((key) => [
      key.name,
      key.scope,
      key.createdAt.toISOString(),
      key.revokedAt === null ? 'valid' : `revoked ${key.revokedAt.toISOString()}`,
    ]);
    if (rows.length > 0) await terminal.write(table([['name', 'scope', 'created', 'state'], ...rows], 'left'));
    else terminal.say('There are no keys. Make one with: signalbox keys add NAME --scope agent');
    return 0;
  });
}

export function revokeKey(name: string, terminal: Terminal): Promise<number> {
  return withDatabase(terminal, async (database) => {
    const now = systemClock.now();
    await database.transaction(async (trx) => {
      await revokeApiKey(trx, name.trim(), now);
      await appendToLedger(trx, [note('key-revoked', name.trim(), { now, data: {} })]);
    });
    terminal.say(`Key ${name.trim()} is revoked and no longer lets anybody in.`);
    return 0;
  });
}

const note = (action: string, name: string, { now, data }: { now: Date; data: Record<string, unknown> }) => ({
  at: now,
  actor: 'cli',
  action,
  subjectType: 'api-key',
  subjectId: name,
  data,
});
