import { statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog, type RunningPostgres, startPostgres } from '../../../src/platform/index.ts';
import { query, temporaryFolder } from '../../support/serve-postgres.ts';

const log = createLog('silent');

async function start(dataFolder: string, listen?: 'loopback'): Promise<RunningPostgres> {
  const running = await startPostgres({ dataFolder, log, ...(listen ? { listen } : {}) });
  onTestFinished(() => running.stop());
  return running;
}

describe('startPostgres', () => {
  it('makes a cluster that keeps its data over a stop', async () => {
    const folder = join(temporaryFolder(), 'new', 'data');
    const first = await start(folder);
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();
    await first.stop();
    await expect(query(first.url, 'select 1')).rejects.toThrow();
    const second = await start(folder);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
    expect(second.version).toMatch(/^18\.\d+$/);
  });

  it('is durable, speaks UTF-8, knows German words and listens on its socket alone', async () => {
    const folder = temporaryFolder();
    const { url } = await start(folder);
    const shown = await query(
      url,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
       'listen_addresses', 'server_encoding', 'TimeZone', 'data_checksums') order by name collate "C"`,
    );
    expect(Object.fromEntries(shown.map((r) => [r['name'], r['setting']]))).toEqual({
      TimeZone: 'UTC',
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
    });
    const found = await query(
      url,
      `select to_tsvector('german', 'Ärger mit zwei ÜBERWEISUNGEN') @@ plainto_tsquery('german', 'Überweisung ärgern') as de,
        to_tsvector('english', 'Two Payments failed') @@ plainto_tsquery('english', 'payment fail') as en, lower('ÄÖÜ') as low`,
    );
    expect(found).toEqual([{ de: true, en: true, low: 'äöü' }]);
    expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700);
  });

  it.each(['with space, comma', `quotes ' and " in it`, 'Umlaute äöü und 100%', '$HOME;a=b&c=d#e?f'])(
    'takes a folder named %s',
    async (name) => {
      const { url } = await start(join(temporaryFolder(), name));
      expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
    },
  );

  it('takes a folder whose path is longer than that of a socket may be', async () => {
    const folder = join(temporaryFolder(), 'n'.repeat(100), 'm'.repeat(100));
    const { url, stop } = await start(folder);
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
    const socketFolder = decodeURIComponent(new URL(url).searchParams.get('host') ?? '');
    expect(Buffer.byteLength(socketFolder)).toBeLessThan(90);
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    await stop();
    expect(() => statSync(socketFolder)).toThrow(/ENOENT/);
  });

  it('listens on loopback with a password where there is no socket', async () => {
    const folder = temporaryFolder();
    const { url } = await start(folder, 'loopback');
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password/);
    const socket = createConnection(Number(wrong.port), '127.0.0.1');
    await new Promise((connected) => socket.once('connect', connected));
    socket.destroy();
  });

  it('ends clients that are busy when it stops', async () => {
    const { url, stop } = await start(temporaryFolder());
    const ended = expect(query(url, 'select pg_sleep(3600)')).rejects.toThrow(/terminat/);
    await expect
      .poll(() => query(url, `select 1 as n from pg_stat_activity where query like 'select pg_sleep%'`))
      .toEqual([{ n: 1 }]);
    await stop();
    await ended;
  });

  it('ends a database that does not react, and loses nothing', async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    await query(first.url, 'create table kept as select 1 as n');
    process.kill(first.pid, 'SIGSTOP');
    await first.stop({ fast: 50, immediate: 50 });
    const second = await start(folder);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });
});
