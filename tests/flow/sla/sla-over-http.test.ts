import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** The whole server: what is done to a ticket, and what its clocks say. */

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'sla-'));
beforeAll(async () => {
  const minutes = { first_response: 60, next_response: 30, resolution: 480 };
  const path = join(folder, 'sla.json');
  const targets = { high: minutes, medium: minutes, low: minutes };
  writeFileSync(path, JSON.stringify({ time_zone: 'UTC', hours: 'always', targets }));
  server = await startTestServer({ SLA_PATH: path });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface ClockBody {
  clock: string;
  round: number;
  state: string;
  target_minutes: number;
  due_at: string | null;
}

const keep = () => server.app.engine.sla.keep(new Date());
async function clocksOf(id: string): Promise<Record<string, string>> {
  await keep();
  const { body } = await server.call<{ sla: ClockBody[] }>('GET', `/tickets/${id}`);
  return Object.fromEntries(body.sla.map((c) => [`${c.clock} ${c.round}`, c.state]));
}
async function route(body = 'The invoice of May was charged twice.'): Promise<string> {
  const routed = await server.call<{ ticket_id: string }>('POST', '/route', { subject: 'Invoice', body });
  expect(routed.status).toBe(200);
  return routed.body.ticket_id;
}
const say = (id: string, author: 'customer' | 'agent', isPrivate = false) =>
  server.call('POST', `/tickets/${id}/messages`, { text: 'A word about the invoice.', author, private: isPrivate });

describe('the clocks of a ticket', () => {
  it('go with what is said and done, and start again when it is reopened', async () => {
    const id = await route();
    expect(await clocksOf(id)).toEqual({ 'first_response 1': 'running', 'resolution 1': 'running' });
    await say(id, 'agent', true);
    expect((await clocksOf(id))['first_response 1']).toBe('running');
    await say(id, 'agent');
    expect((await clocksOf(id))['first_response 1']).toBe('met');
    expect((await server.call('POST', `/tickets/${id}/wait`)).body).toMatchObject({ status: 'waiting_customer' });
    expect((await clocksOf(id))['resolution 1']).toBe('paused');
    await say(id, 'customer');
    expect(await clocksOf(id)).toMatchObject({ 'resolution 1': 'running', 'next_response 1': 'running' });
    await server.call('POST', `/tickets/${id}/resolve`, { reason: 'done', reply: 'It is paid back.' });
    expect(await clocksOf(id)).toEqual({ 'first_response 1': 'met', 'next_response 1': 'met', 'resolution 1': 'met' });
    await server.call('POST', `/tickets/${id}/reopen`);
    expect((await clocksOf(id))['resolution 2']).toBe('running');
  });

  it('hear of what the machine answers, and of nothing when it only hands over', async () => {
    const answered = await server.call<{ ticket_id: string; guardrail_action: string }>('POST', '/answer', {
      message: 'Wie kann ich mein Passwort zurücksetzen?',
    });
    const clocks = await clocksOf(answered.body.ticket_id);
    expect(clocks['first_response 1']).toBe(answered.body.guardrail_action === 'OK' ? 'met' : 'running');
  });

  it('may be asked for by state, and counted', async () => {
    const id = await route('The export is empty since Monday.');
    await keep();
    const { body } = await server.call<{ items: (ClockBody & { ticket_id: string })[]; counts: object }>(
      'GET',
      '/sla?state=running&clock=first_response',
    );
    expect(body.items.find((c) => c.ticket_id === id)).toMatchObject({ state: 'running', target_minutes: 60 });
    expect(body.counts).toMatchObject({ breached: 0 });
    expect((await server.call('GET', '/sla?state=late')).status).toBe(422);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/signalbox_sla_clocks\{state="running"\} \d+/);
    expect(metrics).toMatch(/signalbox_queue_longest_wait_seconds\{priority="high"\}/);
  });

  it('refuse to go on where nobody waits', async () => {
    const id = await route();
    expect((await server.call('POST', `/tickets/${id}/continue`)).status).toBe(409);
    await server.call('POST', `/tickets/${id}/wait`);
    expect((await server.call('POST', `/tickets/${id}/continue`)).body).toMatchObject({ status: 'new' });
    expect((await clocksOf(id))['resolution 1']).toBe('running');
  });
});

describe('settings that cannot be used', () => {
  it('stop the start with what is wrong', async () => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, JSON.stringify({ time_zone: 'Mars/Base', hours: 'always', targets: {} }));
    await expect(startTestServer({ SLA_PATH: path })).rejects.toThrow('time_zone must be the name of a time zone');
  });
});

describe('agents and teams over HTTP', () => {
  it('are changed in part, leave and come back', async () => {
    await server.call('PUT', '/agents/Ada', { skills: { Billing: 1 }, capacity: 2 });
    const patched = await server.call('PATCH', '/agents/Ada', { capacity: 7 });
    expect(patched.body).toMatchObject({ name: 'Ada', capacity: 7, skills: { Billing: 1 }, online: true });
    const away = await server.call('POST', '/agents/Ada/offline', { keep: true });
    expect(away.body).toMatchObject({ online: false, keeps: true });
    expect((await server.call('POST', '/agents/Ada/online')).body).toMatchObject({ online: true, keeps: false });
    expect((await server.call('PATCH', '/agents/Nobody', { capacity: 7 })).status).toBe(404);
  });

  it('are told which team serves what, and a ticket is passed on', async () => {
    const put = await server.call('PUT', '/teams/Money', { serves: ['Billing'], members: ['Ada'] });
    expect(put.body).toEqual({ name: 'Money', serves: ['Billing'], members: ['Ada'], overflow_minutes: null });
    expect((await server.call('GET', '/teams')).body).toEqual({ items: [put.body] });
    expect((await server.call('PUT', '/teams/Money', { serves: [], members: ['Ada'] })).status).toBe(422);
    expect(await server.call('PUT', '/teams/Slip', { serves: ['Biling'], members: ['Ada'] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'serves[0]' }] },
    });
    expect(await server.call('PUT', '/teams/Slip', { serves: ['triage'], members: ['Ada', 'Nobody'] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'members[1]' }] },
    });
    const id = await route();
    const moved = await server.call('POST', `/tickets/${id}/reassign`, { agent: 'Agent_D', reason: 'knows it' });
    expect(moved.body).toMatchObject({ agent: 'Agent_D' });
    expect((await server.call('DELETE', '/teams/Money')).status).toBe(204);
    expect((await server.call('DELETE', '/teams/Money')).status).toBe(404);
  });
});
