import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { query, refusalOf, servePostgres, spawnServer, temporaryFolder, urlOf } from '../../support/serve-postgres.ts';

const isRoot = process.getuid?.() === 0;
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

/** A file system of `megabytes`, or undefined where none may be mounted. */
function smallFileSystem(megabytes: number): string | undefined {
  const folder = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'none', folder]).status !== 0)
    return undefined;
  onTestFinished(() => void spawnSync('umount', [folder]));
  return folder;
}

describe('a data folder that cannot be used', () => {
  it('is a file', async () => {
    const file = join(temporaryFolder(), 'data');
    writeFileSync(file, 'important');
    const refused = refusalOf(await servePostgres(file));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringMatching(/is a file.*SIGNALBOX_DATA/) });
    expect(readFileSync(file, 'utf8')).toBe('important');
  });

  it('lies below a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const refused = refusalOf(await servePostgres(join(file, 'data')));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringContaining('below a file') });
  });

  it('has a path that the system does not take', async () => {
    const refused = refusalOf(await servePostgres(join(temporaryFolder(), 'n'.repeat(300))));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringContaining('too long') });
  });

  it('may not be written', async () => {
    const parent = temporaryFolder(0o755);
    const folder = join(parent, 'data');
    mkdirSync(folder);
    if (isRoot) chownSync(folder, 12_345, 12_345);
    chmodSync(folder, 0o555);
    const refused = refusalOf(await servePostgres(folder, isRoot ? { uid: 12_345 } : {}));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringContaining(folder) });
    expect(refused.message).toContain('SIGNALBOX_DATA');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!isRoot)('lies on a read-only file system', async (context) => {
    const folder = smallFileSystem(10);
    if (folder === undefined) return context.skip('nothing may be mounted here');
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const refused = refusalOf(await servePostgres(folder));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringContaining('read-only') });
  });

  it.each(['17', '19'])('was made by PostgreSQL %s', async (version) => {
    const folder = temporaryFolder();
    await (await servePostgres(folder)).stop();
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), `${version}\n`);
    const refused = refusalOf(await servePostgres(folder));
    expect(refused.code).toBe('data-folder');
    expect(refused.message).toMatch(new RegExp(`made by PostgreSQL ${version}.*brings 18.*DATABASE_URL`));
  });

  it('holds something else where the database should be', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'postgres'), { mode: 0o700 });
    writeFileSync(join(folder, 'postgres', 'letter.txt'), 'important');
    const refused = refusalOf(await servePostgres(folder));
    expect(refused).toMatchObject({ code: 'data-folder', message: expect.stringContaining('PG_VERSION') });
    expect(readFileSync(join(folder, 'postgres', 'letter.txt'), 'utf8')).toBe('important');
  });

  it('holds a database that lost a file', async () => {
    const folder = temporaryFolder();
    await (await servePostgres(folder)).stop();
    const control = join(folder, 'postgres', 'global', 'pg_control');
    execFileSync('mv', [control, `${control}.lost`]);
    const refused = refusalOf(await servePostgres(folder));
    expect(refused.code).toBe('data-folder');
    expect(refused.message).toMatch(/control file|pg_control|could not find the database/);
    execFileSync('mv', [`${control}.lost`, control]);
    expect(await query(urlOf(await servePostgres(folder)), 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('a start that was killed while it made the database', () => {
  it('is begun anew', async () => {
    const folder = temporaryFolder();
    const watcher = watch(folder);
    const child = spawnServer(folder);
    for await (const [, name] of onChange(watcher)) if (String(name).startsWith('postgres.new-')) break;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    watcher.close();
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    const server = await servePostgres(folder);
    expect(await query(urlOf(server), 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
    await (await servePostgres(folder)).stop();
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });
});

async function* onChange(watcher: ReturnType<typeof watch>): AsyncGenerator<unknown[]> {
  for (;;) yield (await once(watcher, 'change')) as unknown[];
}

describe('no room', () => {
  it.skipIf(!hasPrlimit)('for a new database (file size limit)', async () => {
    const folder = temporaryFolder();
    const refused = refusalOf(await servePostgres(folder, { prefix: ['prlimit', '--fsize=4000000'] }));
    expect(refused).toMatchObject({ code: 'storage-full', message: expect.stringContaining('free some space') });
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres'))).toEqual([]);
    expect(await query(urlOf(await servePostgres(folder)), 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it.skipIf(!isRoot)('for a new database (full file system)', async (context) => {
    const folder = smallFileSystem(20);
    if (folder === undefined) return context.skip('nothing may be mounted here');
    const refused = refusalOf(await servePostgres(folder));
    expect(refused.code).toBe('storage-full');
    execFileSync('mount', ['-o', 'remount,size=200m', folder]);
    const server = await servePostgres(folder);
    expect(await query(urlOf(server), 'select 1 as n')).toEqual([{ n: 1 }]);
    await server.stop();
  });

  it.skipIf(!isRoot)('for an existing one, and for one that runs; with room again it goes on', async (context) => {
    const folder = smallFileSystem(100);
    if (folder === undefined) return context.skip('nothing may be mounted here');
    const first = await servePostgres(folder);
    await query(urlOf(first), 'create table kept (n int, filling text)');
    await query(urlOf(first), `insert into kept values (1, '')`);
    const filling = `insert into kept select 2, repeat(gen_random_uuid()::text, 20) from generate_series(1, 5000)`;
    let inserted = 0;
    await expect(
      (async () => {
        for (; ; inserted++) await query(urlOf(first), filling);
      })(),
    ).rejects.toThrow();
    await first.stop();
    execFileSync('sh', ['-c', `dd if=/dev/zero of='${folder}/rest' bs=64k 2>/dev/null || true`]);
    expect(refusalOf(await servePostgres(folder)).code).toBe('storage-full');
    execFileSync('mount', ['-o', 'remount,size=400m', folder]);
    const second = await servePostgres(folder);
    const counts = await query(urlOf(second), 'select n, count(*)::int as rows from kept group by n order by n');
    expect(counts[0]).toEqual({ n: 1, rows: 1 });
    expect(counts[1]?.['rows'] ?? 0).toBe(inserted * 5000);
    await second.stop();
  });
});
