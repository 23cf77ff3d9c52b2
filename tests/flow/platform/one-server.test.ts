import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRunning } from '../../../src/platform/index.ts';
import { query, refusalOf, servePostgres, temporaryFolder, urlOf } from '../../support/serve-postgres.ts';

describe('one server per data folder', () => {
  it('refuses the second, naming the first, and leaves the first alone', async () => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder);
    const second = refusalOf(await servePostgres(folder));
    expect(second.code).toBe('data-folder');
    expect(second.message).toContain(`kill ${first.child.pid}`);
    expect(second.message).toContain('SIGNALBOX_DATA');
    expect(await query(urlOf(first), 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('lets one of several that start at the same time win', async () => {
    const folder = temporaryFolder();
    const all = await Promise.all([1, 2, 3].map(() => servePostgres(folder)));
    const started = all.filter((s) => 'url' in s.said);
    expect(started).toHaveLength(1);
    for (const lost of all.filter((s) => !('url' in s.said))) expect(refusalOf(lost).code).toBe('data-folder');
    expect(await query(urlOf(started[0]!), 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('lets others find the database of a running server, and none after it', async () => {
    const folder = temporaryFolder();
    expect(findRunning(folder)).toBeUndefined();
    const server = await servePostgres(folder);
    expect(findRunning(folder)).toMatchObject({ pid: server.child.pid, url: urlOf(server) });
    await server.stop();
    expect(findRunning(folder)).toBeUndefined();
  });

  it('finds none after kill -9, and starts', async () => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder);
    await first.kill();
    expect(findRunning(folder)).toBeUndefined();
    expect(await query(urlOf(await servePostgres(folder)), 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('is not fooled by another process under the pid of a killed one', async () => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder);
    await first.kill();
    const file = join(folder, 'running.json');
    const left = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...left, pid: process.pid }));
    expect(findRunning(folder)).toBeUndefined();
    expect(await query(urlOf(await servePostgres(folder)), 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});
