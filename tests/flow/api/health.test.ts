import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

interface Health {
  status: string;
  components: Record<'database' | 'queue' | 'workers', { status: string; detail: string }>;
  role: string;
  processes: Record<string, number>;
  circuit_breaker: string;
}
const health = () => server.call<Health>('GET', '/health');

it('names every part, who works and what the breaker is', async () => {
  const { status, body } = await health();
  expect(status).toBe(200);
  expect(body).toMatchObject({ role: 'all', processes: { all: 1, api: 0, worker: 0 }, circuit_breaker: 'closed' });
  expect(body.components.queue).toEqual({ status: 'ok', detail: '0 jobs wait, the oldest for 0 s' });
  expect(body.components.workers).toEqual({ status: 'ok', detail: '1 of 1 processes work' });
  const { body: listed } = await server.call('GET', '/processes');
  expect(listed).toMatchObject({ items: [{ role: 'all', this: true, version: expect.any(String) }] });
  const { body: metrics } = await server.call<string>('GET', '/metrics');
  expect(metrics).toContain('signalbox_component_fault{component="database"} 0');
});

it('is degraded when nothing can be stored for want of space', async () => {
  const { db } = server.app.engine.parts.database;
  expect((await health()).body.components.database.status).toBe('ok');
  await sql`create function intake.refuse_for_space() returns trigger language plpgsql as $$
    begin raise exception 'no space left' using errcode = 'disk_full'; end $$`.execute(db);
  await sql`create trigger full_disk before insert on intake.tickets
    for each row execute function intake.refuse_for_space()`.execute(db);
  const refused = await server.call('POST', '/route', { subject: 'Invoice', body: 'The VAT id is missing.' });
  expect(refused).toMatchObject({ status: 507, body: { code: 'storage-full' } });
  const { status, body } = await health();
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'degraded', components: { database: { status: 'degraded' } } });
  expect(body.components.database.detail).toMatch(/full/);
});
