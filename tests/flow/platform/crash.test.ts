import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog, startPostgres } from '../../../src/platform/index.ts';
import { query, servePostgres, temporaryFolder, urlOf } from '../../support/serve-postgres.ts';

/** Writes rows until the connection breaks; resolves to the numbers that were acknowledged. */
async function writeUntilBroken(url: string, atLeast: number, then: () => void): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const acknowledged: number[] = [];
  try {
    for (let n = 0; ; n++) {
      await client.query('insert into written values ($1)', [n]);
      acknowledged.push(n);
      if (n === atLeast) then();
    }
  } catch {
    return acknowledged;
  }
}

/** A zombie that nobody collects is not running. */
function isRunning(pid: number): boolean {
  return !['', 'Z'].includes(
    execFileSync('sh', ['-c', `ps -o stat= -p ${pid} | cut -c1 || true`])
      .toString()
      .trim(),
  );
}

describe('after kill -9 of the server', () => {
  it.each([{ inWorker: false }, { inWorker: true }])('keeps every acknowledged row (%o)', async (options) => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder, options);
    await query(urlOf(first), 'create table written (n int primary key)');
    const killed = once(first.child, 'close');
    const writing = writeUntilBroken(urlOf(first), 50, () => first.child.kill('SIGKILL'));
    await killed;
    const second = await servePostgres(folder);
    const acknowledged = await writing;
    const rows = await query(urlOf(second), 'select n from written order by n');
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(rows.map((r) => r['n'])).toEqual(expect.arrayContaining(acknowledged));
    expect((second.said as { pid: number }).pid).not.toBe((first.said as { pid: number }).pid);
  });

  it('ends an orphan that does not react', async () => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder, { inWorker: true });
    await query(urlOf(first), 'create table written as select 7 as n');
    const { pid } = first.said as { pid: number };
    await first.kill();
    process.kill(pid, 'SIGSTOP');
    const second = servePostgres(folder);
    // Fast shutdown is given 30 s; woken up, it takes the signal that waits.
    setTimeout(() => process.kill(pid, 'SIGCONT'), 300);
    expect(await query(urlOf(await second), 'select n from written')).toEqual([{ n: 7 }]);
    expect(isRunning(pid)).toBe(false);
  });
});

describe('after kill -9 of PostgreSQL', () => {
  it('runs again under the same url, with every acknowledged row', async () => {
    const running = await startPostgres({ dataFolder: temporaryFolder(), log: createLog('silent') });
    onTestFinished(() => running.stop());
    await query(running.url, 'create table written (n int primary key)');
    const { pid } = running;
    const acknowledged = await writeUntilBroken(running.url, 50, () => process.kill(pid, 'SIGKILL'));
    await expect
      .poll(() => query(running.url, 'select count(*)::int as n from written').catch(() => []), { timeout: 20_000 })
      .toHaveLength(1);
    const rows = await query(running.url, 'select n from written');
    expect(rows.map((r) => r['n'])).toEqual(expect.arrayContaining(acknowledged));
    expect(running.pid).not.toBe(pid);
  });

  it('is not kept from starting by another process under its pid', async () => {
    const folder = temporaryFolder();
    const first = await servePostgres(folder);
    await query(urlOf(first), 'create table written as select 7 as n');
    const file = join(folder, 'postgres', 'postmaster.pid');
    const left = readFileSync(file, 'utf8');
    await first.stop();
    // As a loss of power leaves it, with a number that somebody else has by now: this test's.
    const other = left.replace(/^\d+/, String(process.pid));
    writeFileSync(file, other, { mode: 0o600 });
    writeFileSync(join(folder, 'postgres', '.s.PGSQL.5432.lock'), other, { mode: 0o600 });
    const second = await servePostgres(folder);
    expect(await query(urlOf(second), 'select n from written')).toEqual([{ n: 7 }]);
  });
});
