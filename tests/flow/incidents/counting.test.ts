import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Routed {
  readonly ticket_id: string;
  readonly assignment: string;
  readonly dedup: {
    is_duplicate: boolean;
    similarity: number;
    duplicate_of: string | null;
    master_incident_id: string | null;
    same_customer: boolean;
  } | null;
}

async function route(subject: string, body: string, customer_email?: string): Promise<Routed> {
  const { status, body: routed } = await server.call<Routed>('POST', '/route', { subject, body, customer_email });
  expect(status).toBe(200);
  return routed;
}

describe('tickets that report the same problem', () => {
  it('are counted, and the tenth opens the incident', async () => {
    const routed: Routed[] = [];
    for (let i = 0; i < 10; i++)
      routed.push(
        await route('Checkout down', 'Your checkout page shows error 502 since this morning, nobody can pay.'),
      );
    const [first, second] = routed;
    expect(first?.dedup).toMatchObject({ is_duplicate: false, duplicate_of: null, master_incident_id: null });
    expect(second?.dedup).toMatchObject({ is_duplicate: true, duplicate_of: first?.ticket_id });
    expect(routed.slice(0, 9).every((r) => r.dedup?.master_incident_id === null)).toBe(true);
    const tenth = routed[9]!;
    expect(tenth.dedup?.master_incident_id).toMatch(/^MI-[0-9A-Z]{8}$/);
    expect(tenth.assignment).toBe('none');
    const shown = await server.call<Routed>('GET', `/tickets/${first?.ticket_id}`);
    expect(shown.body.dedup?.master_incident_id).toBe(tenth.dedup?.master_incident_id);
  });
});
