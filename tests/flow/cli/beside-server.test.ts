import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callJson } from '../../support/server.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createCli, untilSaid } from './run-cli.ts';

const cli = createCli();
let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess({ SIGNALBOX_DATA: cli.dataFolder });
});
afterAll(async () => {
  await server.kill('SIGTERM');
  cli.remove();
});

const get = <T>(path: string, headers?: Record<string, string>) =>
  callJson<T>(server.url, { method: 'GET', path, ...(headers === undefined ? {} : { headers }) });

describe('beside a server that holds the data folder', () => {
  it('stores tickets that the server shows', async () => {
    writeFileSync(join(cli.folder, 'x.csv'), 'ticket_id,body\nX1,"My invoice is wrong, please correct it."\n');
    const { code, rows } = await cli.run(['triage', 'x.csv']);
    expect(code).toBe(0);
    const [row] = rows<{ ticket_id: string; category: string }>();
    const { status, body } = await get<Record<string, unknown>>(`/tickets/${row!.ticket_id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ client_ticket_id: 'X1', category: row!.category, channel: 'file' });
  });

  it('answers with the knowledge of the server, and the interaction is in its list', async () => {
    const { code, rows } = await cli.run(['answer', 'How long do I have to return the Panel?', '--json']);
    expect(code).toBe(0);
    void rows;
    const { body } = await get<{ items: { message: string }[] }>('/interactions?limit=1');
    expect(body.items[0]!.message).toBe('How long do I have to return the Panel?');
  });

  it('makes a key that the server takes at once, and no longer when it is revoked', async () => {
    const made = await cli.run(['keys', 'add', 'till-7', '--scope', 'customer']);
    expect(made.code).toBe(0);
    const headers = { authorization: `Bearer ${made.out.trim()}` };
    expect((await get('/tickets/', headers)).status).toBe(403);
    await cli.run(['keys', 'revoke', 'till-7']);
    expect((await get('/tickets/', headers)).status).toBe(401);
  });

  it('leaves the server running, and doctor sees it', async () => {
    const { code, rows } = await cli.run(['doctor', '--json'], { env: { PORT: new URL(server.url).port } });
    expect(code).toBe(0);
    const checks = new Map(rows<{ name: string; detail: string }>().map((c) => [c.name, c.detail]));
    expect(checks.get('database')).toContain('run by the Signalbox that is running');
    expect(checks.get('port')).toContain('held by a Signalbox that is running');
    expect((await get('/ready')).status).toBe(200);
  });

  it('a second server shares the database', async () => {
    const second = await startServerProcess({ SIGNALBOX_DATA: cli.dataFolder });
    const call = { method: 'GET', path: '/tickets?limit=1' };
    const [here, there] = await Promise.all([callJson(server.url, call), callJson(second.url, call)]);
    expect(there).toMatchObject({ status: 200, body: here.body });
    expect(await second.kill('SIGTERM')).toBe(0);
    expect((await get('/ready')).status).toBe(200);
  });
});

describe('two commands at once, without a server', () => {
  it('the one that started the database waits for the one that borrowed it', async () => {
    const other = createCli();
    try {
      mkdirSync(other.dataFolder, { recursive: true });
      const rows = 3_000;
      const body = Array.from({ length: rows }, (_, i) => `The app crashes with error ${i}`).join('\n');
      writeFileSync(join(other.folder, 'long.csv'), `body\n${body}\n`);
      const both = await Promise.all([
        other.run(['triage', 'long.csv']),
        other.run(['keys', 'add', 'one', '--scope', 'agent']),
        other.run(['knowledge', 'list']),
      ]);
      expect(both.map(({ code, words }) => [code, code === 0 ? '' : words])).toEqual([
        [0, ''],
        [0, ''],
        [0, ''],
      ]);
      expect(both[0].rows()).toHaveLength(rows);
    } finally {
      other.remove();
    }
  });
});

describe('serve', () => {
  it('starts the server and ends it calmly', async () => {
    const other = createCli();
    try {
      const running = other.start(['serve']);
      await untilSaid(running, 'Stop with Ctrl-C');
      const url = /API\s+(http:\S+)\/docs/.exec(running.words())![1]!.replace('localhost', '127.0.0.1');
      expect((await callJson(url, { method: 'GET', path: '/health' })).status).toBe(200);
      running.signal('SIGTERM');
      expect((await running.done).code).toBe(0);
    } finally {
      other.remove();
    }
  });
});
