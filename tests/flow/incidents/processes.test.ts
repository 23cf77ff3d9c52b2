import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callJson, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

/** The real program, twice, over one database. */
let testDatabase: TestDatabase;
let database: Database;
let servers: ServerProcess[] = [];
let folders: ReturnType<typeof temporaryFolder>[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url);
  servers = [];
  folders = [];
  for (const server of await Promise.all([start(), start()])) servers.push(server);
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.kill('SIGTERM')));
  await database.close();
  await testDatabase.drop();
  for (const folder of folders) folder.remove();
});

async function start(): Promise<ServerProcess> {
  const folder = temporaryFolder();
  folders.push(folder);
  lendStarterModel(folder.path);
  return startServerProcess({ SIGNALBOX_DATA: folder.path, DATABASE_URL: testDatabase.url });
}

const outage = {
  subject: 'URGENT: production down',
  body: 'Emergency! The production server is down, nobody can work!',
};

interface Routed {
  readonly ticket_id: string;
  readonly assignment: string;
  readonly dedup: { master_incident_id: string | null } | null;
}

const send = (server: ServerProcess, id: string, words = outage) =>
  callJson<Routed>(server.url, { method: 'POST', path: '/route', body: { ...words, ticket_id: id } });

const rows = async <T>(query: string): Promise<T[]> => (await sql.raw<T>(query).execute(database.db)).rows;
const incidents = () =>
  rows<{ id: string; members: number }>(
    'select i.id, (select count(*)::int from triage.members m where m.incident_id = i.id) as members from triage.incidents i',
  );
const inLedger = async (action: string) =>
  (await rows<{ n: number }>(`select count(*)::int as n from platform.ledger where action = '${action}'`))[0]?.n;

describe('two processes', () => {
  it('make one incident with thirty members of thirty tickets at once, and one alert', async () => {
    const ordinary = { subject: 'Invoice address', body: 'Please put our new postal address on the next invoice.' };
    const sent = Array.from({ length: 30 }, (_, i) => send(servers[i % 2]!, `flood-${i}`));
    const between = await send(servers[0]!, 'ordinary', ordinary);
    const answers = await Promise.all(sent);
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 200));
    expect(await incidents()).toMatchObject([{ members: 30 }]);
    expect(await inLedger('ticket-critical')).toBe(1);
    expect(await inLedger('incident-opened')).toBe(1);
    expect(between.body.assignment).not.toBe('none');
    expect(between.body.dedup?.master_incident_id).toBeNull();
  });

  it('lose nothing and count nobody twice when one of them is killed in the middle', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `killed-${i}`);
    const sent = ids.map((id, i) => send(servers[i % 2]!, id).catch(() => null));
    // As soon as something is stored.
    await Promise.race(sent);
    await servers[0]!.kill('SIGKILL');
    await Promise.all(sent);
    servers[0] = await start();
    // Whoever got no answer sends again, to the new process: what was stored is only told once more.
    const answers = await Promise.all(ids.map((id) => send(servers[0]!, id)));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 200));
    expect(await incidents()).toMatchObject([{ members: 40 }]);
    expect(await inLedger('incident-opened')).toBe(1);
    expect(await inLedger('ticket-critical')).toBe(1);
    const stored = await rows<{ n: number }>('select count(*)::int as n from intake.tickets');
    expect(stored[0]?.n).toBe(40);
    const [{ slots } = { slots: -1 }] = await rows<{ slots: number }>(
      "select count(*)::int as slots from intake.tickets where assignment <> 'none'",
    );
    expect(slots).toBe(9);
  });
});
