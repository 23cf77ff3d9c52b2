import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { listenTo } from '../db/listen.ts';
import type { Log } from '../log.ts';
import { readSecret } from '../secrets.ts';
import { openRedis } from './open-redis.ts';
import type { Bus } from './port.ts';

/*
 * Without Redis:  publish → NOTIFY, in the transaction it belongs to        → LISTEN of every process
 * With Redis:     publish → Redis, once the transaction stands              → subscription of every process
 *                   └─ away or silent for 1 s → NOTIFY                      → LISTEN of every process
 *
 * Every process listens to both, so that two that disagree about Redis still hear each other. While a subscription is
 * away, and when it is new, whoever listens looks by himself.
 */

export interface BusParts {
  readonly database: Database;
  readonly log: Log;
  readonly clock: Clock;
  readonly redisUrl: string | undefined;
  readonly channels: readonly string[];
}

/** Milliseconds between two looks of whoever listens, while Redis is away: then messages may be lost. */
const lookEveryMs = 2_000;
/** The same while it is there: a process that dies right after its transaction has told nobody. */
const lookAnywayMs = 30_000;

/** Starts also when Redis is away; it is used as soon as it answers. @throws what listenTo throws */
export async function openBus({ database, log, clock, redisUrl, channels }: BusParts): Promise<Bus> {
  const listeners = new Map<string, Set<(payload?: string) => void>>();
  const heard = (channel: string, payload?: string) => {
    for (const one of [...(listeners.get(channel) ?? [])]) one(payload);
  };
  const notify = (channel: string, payload: string) =>
    sql`select pg_notify(${channel}, ${payload})`
      .execute(database.db)
      .catch((error: unknown) =>
        log.warn({ err: error, channel }, 'other processes could not be told; they see it when they look next'),
      );
  const listening = await listenTo(database.url, channels, {
    heard,
    onError: (error) => log.warn({ err: error }, 'the connection that hears of news broke'),
  });
  const subscribe: Bus['subscribe'] = (channel, one) => {
    const of = listeners.get(channel) ?? new Set();
    listeners.set(channel, of.add(one));
    return () => void of.delete(one);
  };
  if (redisUrl === undefined)
    return {
      publish: (channel, payload) => void notify(channel, payload),
      subscribe,
      redis: () => null,
      counts: null,
      close: () => listening.close(),
    };

  const fresh = { value: randomBytes(9).toString('base64url'), now: clock.now() };
  const redis = openRedis({
    url: redisUrl,
    prefix: `signalbox:${await readSecret(database.db, 'bus-name', fresh)}:`,
    channels,
    heard,
    onChange: ({ ready, problem }) =>
      ready
        ? log.info('Redis carries news and counts')
        : log.warn({ problem }, 'Redis is away: the database carries news, and each process counts for itself'),
  });
  const publish = (channel: string, payload: string) =>
    void redis.publish(channel, payload).catch(() => notify(channel, payload));
  database.tellWith(publish);
  let looked = performance.now();
  const timer = setInterval(() => {
    if (redis.state().ready && performance.now() - looked < lookAnywayMs) return;
    looked = performance.now();
    for (const channel of channels) heard(channel);
  }, lookEveryMs).unref();
  return {
    publish,
    subscribe,
    redis: () => redis.state(),
    counts: redis.counts,
    async close() {
      clearInterval(timer);
      database.tellWith(null);
      redis.close();
      await listening.close();
    },
  };
}
