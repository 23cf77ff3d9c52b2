import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  query,
  refusalOf,
  type ServeOptions,
  servePostgres,
  temporaryFolder,
  urlOf,
} from '../../support/serve-postgres.ts';

const isRoot = process.getuid?.() === 0;
const somebody = 12_345;
// Another user can run us only where the checkout may be read by others.
const othersCanRead =
  isRoot && spawnSync(process.execPath, [import.meta.filename], { uid: somebody, cwd: '/' }).error === undefined;

/** A PATH on which user namespaces are forbidden, as in most containers. */
function withoutNamespaces(): Record<string, string> {
  const bin = temporaryFolder(0o755);
  writeFileSync(join(bin, 'unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n');
  chmodSync(join(bin, 'unshare'), 0o755);
  return { PATH: `${bin}:${process.env['PATH']}` };
}

/** A PATH with neither way to run as somebody else. */
function withoutTools(): Record<string, string> {
  const bin = temporaryFolder(0o755);
  for (const tool of ['sh', 'flock', 'node'])
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${tool}`])
        .toString()
        .trim(),
      join(bin, tool),
    );
  return { PATH: bin };
}

/** A folder of mode 0700 in one of mode 0700, both of root. */
function closedFolder(): string {
  const folder = join(temporaryFolder(), 'closed');
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

async function leaveRow(folder: string, options: ServeOptions = {}): Promise<void> {
  const server = await servePostgres(folder, options);
  await query(urlOf(server), 'create table kept as select 1 as n');
  await server.stop();
}

async function expectRow(folder: string, options: ServeOptions = {}): Promise<void> {
  const server = await servePostgres(folder, options);
  expect(await query(urlOf(server), 'select n from kept')).toEqual([{ n: 1 }]);
  await server.stop();
}

const uidOf = (path: string) => statSync(path).uid;

describe.skipIf(!isRoot)('as root', () => {
  it('runs in closed folders in a user namespace; the files stay those of root', async () => {
    const folder = closedFolder();
    await leaveRow(folder);
    expect(uidOf(join(folder, 'postgres'))).toBe(0);
    await expectRow(folder);
  });

  it('runs in closed folders where namespaces are forbidden; the files are those of nobody', async () => {
    const folder = closedFolder();
    const env = withoutNamespaces();
    await leaveRow(folder, { env });
    expect(uidOf(join(folder, 'postgres'))).toBe(65_534);
    await expectRow(folder, { env });
  });

  it('goes from one way to the other and back with the same data', async () => {
    const folder = closedFolder();
    const env = withoutNamespaces();
    await leaveRow(folder);
    await expectRow(folder, { env });
    await expectRow(folder);
  });

  it('uses a short socket folder both ways', async () => {
    for (const env of [{}, withoutNamespaces()]) {
      const folder = join(closedFolder(), 'n'.repeat(120));
      await leaveRow(folder, { env });
      await expectRow(folder, { env });
    }
  });

  it('ends an orphan of one way and goes on the other way with the same data', async () => {
    const ways = [{}, withoutNamespaces()];
    for (const [env, next] of [ways, ways.toReversed()]) {
      const folder = closedFolder();
      const server = await servePostgres(folder, { env, inWorker: true } as ServeOptions);
      await query(urlOf(server), 'create table kept as select 1 as n');
      await server.kill();
      await expectRow(folder, { env: next } as ServeOptions);
    }
  });

  it('says what to do where there is no way', async () => {
    const refused = refusalOf(await servePostgres(closedFolder(), { env: withoutTools() }));
    expect(refused.code).toBe('config-invalid');
    expect(refused.message).toMatch(/ordinary user.*DATABASE_URL/);
  });
});

describe.skipIf(!othersCanRead)('a change of user', () => {
  const asSomebody = { uid: somebody };

  it('runs as an ordinary user', async () => {
    const folder = temporaryFolder();
    chownSync(folder, somebody, somebody);
    await leaveRow(folder, asSomebody);
    expect(uidOf(join(folder, 'postgres'))).toBe(somebody);
    await expectRow(folder, asSomebody);
  });

  it('lets root use the folder of a user, who can use it again afterwards', async () => {
    const folder = temporaryFolder();
    chownSync(folder, somebody, somebody);
    await leaveRow(folder, asSomebody);
    await expectRow(folder);
    await expectRow(folder, asSomebody);
    await expectRow(folder, { env: withoutNamespaces() });
    await expectRow(folder, asSomebody);
    const server = await servePostgres(folder);
    await server.kill();
    await expectRow(folder, asSomebody);
  });

  it('makes the database the property of the folder`s owner when root starts first', async () => {
    const folder = temporaryFolder();
    chownSync(folder, somebody, somebody);
    await leaveRow(folder);
    await expectRow(folder, asSomebody);
  });

  it('says how a user gets the folder of root, and then it works', async () => {
    const folder = join(temporaryFolder(0o755), 'data');
    await leaveRow(folder);
    const refused = refusalOf(await servePostgres(folder, asSomebody));
    expect(refused.code).toBe('data-folder');
    const [command, path] = /sudo (chown -R \d+:\d+) '([^']+)'/.exec(refused.message)?.slice(1) ?? [];
    expect(path).toBe(folder);
    execFileSync('sh', ['-c', `${command} '${path}'`]);
    await expectRow(folder, asSomebody);
  });

  it('says so when only the database belongs to somebody else', async () => {
    const folder = temporaryFolder();
    await leaveRow(folder);
    chownSync(folder, somebody, somebody);
    const refused = refusalOf(await servePostgres(folder, asSomebody));
    expect(refused.code).toBe('data-folder');
    expect(refused.message).toContain('chown -R');
  });
});
