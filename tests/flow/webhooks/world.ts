import { randomUUID } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { onTestFinished } from 'vitest';
import { appendToLedger, createLog, type Database, newId, openDatabase } from '../../../src/platform/index.ts';
import {
  createPoster,
  createWebhookCommands,
  createWebhookSender,
  type Delivery,
  type WebhookSender,
  type WebhookSettings,
} from '../../../src/routing/index.ts';
import { createTestDatabase } from '../../support/database.ts';

/** Webhooks over a database of their own, with a clock that is moved by hand. Everything ends with the test. */
export async function createWorld({
  allowPrivate = true,
  lookup,
}: {
  allowPrivate?: boolean;
  lookup?: LookupFunction;
} = {}) {
  const test = await createTestDatabase();
  const database = openDatabase(test.url);
  const end = { senders: [] as WebhookSender[] };
  onTestFinished(async () => {
    await Promise.all(end.senders.map((sender) => sender.stop(0)));
    await database.close();
    await test.drop();
  });
  let time = Date.now();
  const clock = { now: () => new Date(time) };
  // Long enough for a machine that is busy, short enough to wait for.
  const post = createPoster({ allowPrivate, timeoutMs: 1_500, ...(lookup === undefined ? {} : { lookup }) });
  const commands = createWebhookCommands({ database, clock, newId, post, rules: { allowPrivate } });
  const startSender = (owner = 1) => {
    const sender = createWebhookSender({
      ...{ database, clock, newId, owner, post },
      log: createLog('silent'),
      random: () => 0.5,
      observe: () => undefined,
    });
    end.senders.push(sender);
    return sender;
  };
  const sender = startSender();
  return {
    url: test.url,
    database,
    clock,
    commands,
    post,
    sender,
    startSender,
    /** Milliseconds forward. */
    pass(milliseconds: number) {
      time += milliseconds;
    },
    /** Looks, and waits for what was due. */
    async send() {
      await sender.look();
      await sender.idle();
    },
    add: (settings: Partial<WebhookSettings> & { url: string }) =>
      commands.add({ format: 'generic', events: [], language: 'en', includeContent: false, ...settings }, 'Ada'),
    happen: (action = 'ticket-resolved', ...ids: string[]) => append(database, clock.now(), action, ids),
    deliveries: async (): Promise<Delivery[]> => (await commands.deliveries({ limit: 200 })).items,
  };
}
export type World = Awaited<ReturnType<typeof createWorld>>;

/** Writes what happened to tickets into the ledger. @returns their ids */
async function append(database: Database, at: Date, action: string, given: readonly string[]): Promise<string[]> {
  const ids = given.length === 0 ? [randomUUID()] : [...given];
  const entries = ids.map((id) => ({ at, actor: 'Ada', action, subjectType: 'ticket', subjectId: id }));
  await database.transaction((trx) => appendToLedger(trx, entries));
  return ids;
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
