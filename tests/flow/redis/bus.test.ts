import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bus,
  createLog,
  type Database,
  openBus,
  openDatabase,
  systemClock,
  tell,
} from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { freePort, hasRedis, startRedis, type TestRedis } from '../../support/redis-server.ts';

const channel = 'signalbox_session';
let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase?.drop());

interface Process {
  readonly bus: Bus;
  readonly database: Database;
  readonly heard: (string | undefined)[];
  /** Resolves when this was heard. */
  hears(payload: string): Promise<void>;
}

const opened: Process[] = [];
afterEach(async () => {
  for (const { bus, database } of opened.splice(0)) {
    await bus.close();
    await database.close();
  }
});

async function openProcess(redisUrl: string | undefined): Promise<Process> {
  const database = openDatabase(testDatabase.url, { poolSize: 2 });
  const bus = await openBus({ database, log: createLog('silent'), clock: systemClock, redisUrl, channels: [channel] });
  const heard: (string | undefined)[] = [];
  bus.subscribe(channel, (payload) => heard.push(payload));
  const hears = (payload: string) =>
    expect.poll(() => heard.includes(payload), { timeout: 10_000, interval: 5 }).toBe(true);
  const one = { bus, database, heard, hears };
  opened.push(one);
  return one;
}

const isReady = ({ bus }: Process, ready = true) =>
  expect.poll(() => bus.redis()?.ready, { timeout: 15_000, interval: 10 }).toBe(ready);

/** What is told in a transaction is heard by all once it stands, and never when it does not. */
async function hearWhatStands(one: Process, two: Process): Promise<void> {
  await one.database.transaction(async (trx) => {
    await tell(trx, channel, 'inside');
    two.bus.publish(channel, 'meanwhile');
    await one.hears('meanwhile');
    expect(one.heard).not.toContain('inside');
  });
  await Promise.all([one.hears('inside'), two.hears('inside')]);
  const rolledBack = one.database.transaction(async (trx) => {
    await tell(trx, channel, 'never');
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow();
  one.bus.publish(channel, 'after');
  await two.hears('after');
  expect(two.heard).not.toContain('never');
}

describe('without Redis', () => {
  it('all hear what was told, in a transaction once it stands', async () => {
    const [one, two] = [await openProcess(undefined), await openProcess(undefined)];
    await hearWhatStands(one, two);
    expect(one.bus.redis()).toBeNull();
    expect(one.bus.counts).toBeNull();
  });
});

describe.skipIf(!hasRedis())('with Redis', () => {
  let redis: TestRedis;
  afterEach(() => redis?.stop());

  it('news goes through it once the transaction stands, and never when it does not', async () => {
    redis = await startRedis();
    const [one, two] = [await openProcess(redis.url), await openProcess(redis.url)];
    await Promise.all([isReady(one), isReady(two)]);
    await hearWhatStands(one, two);
  });

  it('counts together, by window', async () => {
    redis = await startRedis();
    const [one, two] = [await openProcess(redis.url), await openProcess(redis.url)];
    await Promise.all([isReady(one), isReady(two)]);
    const counted = [];
    for (const { bus } of [one, two, one]) counted.push(await bus.counts!.count('key a', 60_000));
    expect(counted.map((c) => c?.current)).toEqual([1, 2, 3]);
    expect(counted[2]!.ttl).toBeGreaterThan(50_000);
    expect((await two.bus.counts!.count('key b', 60_000))?.current).toBe(1);
  });

  it('stopped and started again: news goes by the database meanwhile, and then through it again', async () => {
    redis = await startRedis();
    const [one, two] = [await openProcess(redis.url), await openProcess(redis.url)];
    await Promise.all([isReady(one), isReady(two)]);
    await redis.stop();
    await Promise.all([isReady(one, false), isReady(two, false)]);
    one.bus.publish(channel, 'while it is away');
    await one.database.transaction((trx) => tell(trx, channel, 'in a transaction'));
    await Promise.all([two.hears('while it is away'), two.hears('in a transaction')]);
    expect(await one.bus.counts!.count('key', 60_000)).toBeNull();
    // What may have been missed is looked for.
    await expect.poll(() => two.heard.includes(undefined), { timeout: 10_000 }).toBe(true);
    redis = await startRedis({ port: redis.port });
    await Promise.all([isReady(one), isReady(two)]);
    one.bus.publish(channel, 'back');
    await two.hears('back');
    expect((await one.bus.counts!.count('key', 60_000))?.current).toBe(1);
  }, 60_000);

  it('one that hangs holds nobody up and loses nothing', async () => {
    redis = await startRedis();
    const [one, two] = [await openProcess(redis.url), await openProcess(redis.url)];
    await Promise.all([isReady(one), isReady(two)]);
    redis.kill('SIGSTOP');
    try {
      one.bus.publish(channel, 'into the void');
      const began = performance.now();
      expect(await one.bus.counts!.count('key', 60_000)).toBeNull();
      // It was given up, and the next ones do not wait.
      for (let n = 0; n < 100; n++) expect(await one.bus.counts!.count('key', 60_000)).toBeNull();
      expect(performance.now() - began).toBeLessThan(1_000);
      await two.hears('into the void');
      await isReady(two, false);
    } finally {
      redis.kill('SIGCONT');
    }
    await Promise.all([isReady(one), isReady(two)]);
  }, 60_000);

  it('a password and a number of the database are taken from the address; a wrong one is said', async () => {
    redis = await startRedis({ password: 'pass-word' });
    const one = await openProcess(redis.url);
    await isReady(one);
    const other = await openProcess(redis.url.replace('pass-word', 'another'));
    await expect.poll(() => other.bus.redis()?.problem, { timeout: 10_000 }).toMatch(/WRONGPASS|NOAUTH/);
    expect(other.bus.redis()?.ready).toBe(false);
    other.bus.publish(channel, 'all the same');
    await one.hears('all the same');
  });

  it('not there at the start: it starts, and uses it when it comes', async () => {
    const port = await freePort();
    const one = await openProcess(`redis://127.0.0.1:${port}`);
    expect(one.bus.redis()?.ready).toBe(false);
    one.bus.publish(channel, 'before');
    await one.hears('before');
    redis = await startRedis({ port });
    await isReady(one);
  });
});
