import { Redis } from 'ioredis';
import { within } from '../watchdog/within.ts';
import type { RedisState, SharedCounts } from './port.ts';

/*
 * away ──connected──→ ready ──a ping without an answer for 1 s, or the connection breaks──→ away
 *
 * Nothing waits for a Redis that is away: commands fail at once, and whoever sent one does it in another way.
 */

export interface RedisLink {
  state(): RedisState;
  /** @throws when it could not be sent, or was not answered within 1 s */
  publish(channel: string, payload: string): Promise<void>;
  readonly counts: SharedCounts;
  close(): void;
}

export interface RedisParts {
  /** redis:// or rediss:// (TLS), with user, password and number of the database. */
  readonly url: string;
  /** Before every key and channel: several installations may share a Redis. */
  readonly prefix: string;
  readonly channels: readonly string[];
  /** Without a payload when the subscription is new: what was told before is not known. */
  readonly heard: (channel: string, payload?: string) => void;
  readonly onChange: (state: RedisState) => void;
}

const answerMs = 1_000;
/** Milliseconds that one request waits for its count. A Redis nearby takes 0.3. */
const countMs = 150;
const pingEveryMs = 1_000;

/** Sets the window with the first count; a key never stays without one, should the process die in between. */
const countScript = `
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('PTTL', KEYS[1])}`;

export function openRedis({ url, prefix, channels, heard, onChange }: RedisParts): RedisLink {
  const commands = connect(url);
  const hears = connect(url);
  const ready = { commands: false, hears: false };
  let problem: string | null = 'not connected yet';

  const change = (which: keyof typeof ready, is: boolean, why: string | null) => {
    const was = ready.commands && ready.hears;
    ready[which] = is;
    problem = is && ready.commands && ready.hears ? null : (why ?? problem);
    if (was !== (ready.commands && ready.hears)) onChange(state());
  };
  const state = (): RedisState => ({ ready: ready.commands && ready.hears, problem });

  const follow = (redis: Redis, which: keyof typeof ready, onReady: () => Promise<unknown>) => {
    redis.on('ready', () => {
      onReady().then(
        () => change(which, true, null),
        (error: unknown) => {
          change(which, false, wordsOf(error));
          redis.disconnect(true);
        },
      );
    });
    redis.on('error', (error: unknown) => change(which, false, wordsOf(error)));
    // An error said before tells more.
    redis.on('close', () => change(which, false, ready[which] ? 'the connection ended' : null));
  };
  follow(commands, 'commands', async () => undefined);
  follow(hears, 'hears', async () => {
    await hears.subscribe(...channels.map((channel) => prefix + channel));
    for (const channel of channels) heard(channel);
  });
  hears.on('message', (channel: string, payload: string) => heard(channel.slice(prefix.length), payload));

  // A Redis that hangs keeps its connections.
  const timer = setInterval(() => {
    for (const [redis, which] of [
      [commands, 'commands'],
      [hears, 'hears'],
    ] as const) {
      if (!ready[which]) continue;
      within(answerMs, 'the answer', redis.ping()).catch((error: unknown) => {
        change(which, false, wordsOf(error));
        redis.disconnect(true);
      });
    }
  }, pingEveryMs).unref();

  return {
    state,
    async publish(channel, payload) {
      if (!ready.commands) throw new Error('Redis is away');
      await within(answerMs, 'Redis', commands.publish(prefix + channel, payload));
    },
    counts: {
      async count(key, windowMs) {
        if (!ready.commands) return null;
        try {
          const counted = commands.eval(countScript, 1, `${prefix}count:${key}`, windowMs) as Promise<[number, number]>;
          const [current, ttl] = await within(countMs, 'Redis', counted);
          return { current, ttl: Math.max(0, ttl) };
        } catch (error) {
          // The next requests must not wait as well: until it answers a ping again it counts as away.
          change('commands', false, wordsOf(error));
          commands.disconnect(true);
          return null;
        }
      },
    },
    close() {
      clearInterval(timer);
      commands.disconnect();
      hears.disconnect();
    },
  };
}

function connect(url: string): Redis {
  return new Redis(url, {
    connectionName: 'signalbox',
    // What cannot be sent now is not sent later: by then it is old, and it went another way.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 3_000),
  });
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
