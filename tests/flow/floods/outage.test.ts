import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { ordinaryTickets, outageTicket } from './outage-words.ts';

/**
 * The day this is built for: two thousand customers write that the server is down, to two processes at once. One
 * incident, one alert, one update to all, nothing lost, and the ordinary tickets in between are handled as ever.
 */
const customers = 2_000;

interface Routed {
  readonly ticket_id: string;
  readonly assignment: string;
  readonly dedup: { is_duplicate: boolean; master_incident_id: string | null };
}

let servers: TestServer[] = [];
let receiver: Server;
let database: { url: string; drop(): Promise<void> };
const alerts: { type: string }[] = [];
const floodIds: string[] = [];
const ordinary: Routed[] = [];
let answered: Record<string, unknown> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      alerts.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const settings = { DATABASE_URL: database.url, WEBHOOK_ALLOW_PRIVATE: 'true' };
  servers = [await startTestServer(settings), await startTestServer(settings)];
  const { port } = receiver.address() as AddressInfo;
  await servers[0]!.call('POST', '/webhooks', {
    url: `http://127.0.0.1:${port}/alerts`,
    format: 'generic',
    events: ['ticket.critical', 'incident.opened'],
  });
  await flood();
}, 180_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await new Promise((resolve) => receiver?.close(resolve));
  await database?.drop();
});

/** Forty senders at a time; every 50th ticket is an ordinary one, and in the middle somebody asks for an answer. */
async function flood(): Promise<void> {
  const others = ordinaryTickets();
  let next = 0;
  const sender = async (server: TestServer) => {
    for (let i = next++; i < customers; i = next++) {
      const ordinaryOne = i % 50 === 49 ? others.pop() : undefined;
      if (ordinaryOne !== undefined) {
        const { status, body } = await server.call<Routed>('POST', '/route', ordinaryOne);
        expect(status).toBe(200);
        ordinary.push(body);
      }
      if (i === customers / 2) {
        const { body } = await server.call('POST', '/answer', { message: 'How long do I have to return the Panel?' });
        answered = body;
      }
      const { status, body } = await server.call<Routed>('POST', '/route', outageTicket(i));
      expect(status).toBe(200);
      floodIds.push(body.ticket_id);
    }
  };
  await Promise.all(Array.from({ length: 40 }, (_, i) => sender(servers[i % 2]!)));
}

interface Incident {
  readonly id: string;
  readonly status: string;
}

async function openIncidents(): Promise<Incident[]> {
  const { body } = await servers[1]!.call<{ items: Incident[] }>('GET', '/incidents?status=open');
  return body.items;
}

describe(`an outage that ${customers} customers report`, () => {
  it('loses nothing', async () => {
    expect(new Set(floodIds).size).toBe(customers);
    const { body } = await servers[0]!.call<{ tickets_routed: number }>('GET', '/stats');
    expect(body.tickets_routed).toBeGreaterThanOrEqual(customers + ordinary.length);
  });

  it('is one incident', async () => {
    const { body } = await servers[0]!.call<{ master_incidents: number }>('GET', '/stats');
    expect(await openIncidents()).toHaveLength(1);
    expect(body.master_incidents).toBe(1);
  });

  it('holds nearly everybody who reported it', async () => {
    const [incident] = await openIncidents();
    const { body } = await servers[0]!.call<{ members: number }>('GET', `/incidents/${incident!.id}`);
    expect(body.members).toBeGreaterThanOrEqual(customers * 0.95);
  });

  it('is told once', async () => {
    await expect.poll(() => alerts.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
    // A second one would have come by the time that every ticket of the flood is stored and a test file has run on.
    expect(alerts.map(({ type }) => type).sort()).toEqual(['incident.opened', 'ticket.critical']);
  });

  it('leaves the ordinary tickets where they belong', () => {
    expect(ordinary).toHaveLength(40);
    for (const { dedup } of ordinary) expect(dedup.master_incident_id).toBeNull();
    for (const { assignment } of ordinary) expect(['assigned', 'waiting']).toContain(assignment);
  });

  it('leaves a question answered', () => {
    expect(answered).toMatchObject({ guardrail_action: 'OK' });
  });

  it('is answered once, to each in the own language', async () => {
    const [incident] = await openIncidents();
    const reply = await servers[1]!.call<{ told: number }>('POST', `/incidents/${incident!.id}/reply`, {
      text: 'Our servers are back. We are sorry for the interruption.',
      translations: { de: 'Unsere Server laufen wieder. Bitte entschuldigen Sie die Unterbrechung.' },
    });
    expect(reply.status).toBe(200);
    const german = await messagesOf(floodIds[floodIds.length - 1]!);
    expect(german.filter((m) => m.author === 'agent')).toHaveLength(1);
  });
});

async function messagesOf(id: string): Promise<{ author: string; text: string }[]> {
  const { body } = await servers[0]!.call<{ items: { author: string; text: string }[] }>(
    'GET',
    `/tickets/${id}/messages`,
  );
  return body.items;
}
