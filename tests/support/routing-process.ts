/**
 * A process that works on a shared queue as fast as it can: its arguments are the database, how many things it does at
 * once, how many rounds, and a seed. It says what it did as one line of JSON, with every error that no person may see.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { openDatabase } from '../../src/platform/index.ts';
import {
  assignTickets,
  assignTo,
  freeSlot,
  patchAgent,
  queueNext,
  reassign,
  release,
  relieveAbsent,
  serveWaiting,
} from '../../src/routing/index.ts';
import { SignalboxError } from '../../src/ticket/index.ts';

const [url = '', parallel = '25', rounds = '8', seed = '1'] = process.argv.slice(2);
const database = openDatabase(url, { poolSize: 25 });
const names = ['Ada', 'Ben', 'Cem', 'Dora'];
const departments = ['Billing', 'Technical', 'Legal'] as const;

/** Park and Miller's generator: the same seed, the same wishes. */
let state = Number(seed);
const random = (below: number) => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};
const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;

const done: Record<string, number> = {};
const errors: string[] = [];
const refusals = ['ticket-taken', 'agent-unavailable', 'not-found', 'invalid-state'];
/** No connection within five seconds, on a machine that does much else: nothing was done, and nothing is said by it. */
const noConnection = /timeout exceeded when trying to connect/;

async function anyTicket(): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from intake.tickets
    where status <> 'closed' order by id offset ${random(60)} limit 1`.execute(database.db);
  return rows[0]?.id ?? randomUUID();
}

/** One that somebody has, if any; what is done with it is most often possible. */
async function heldTicket(): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from intake.tickets
    where agent is not null order by id offset ${random(8)} limit 1`.execute(database.db);
  return rows[0]?.id ?? anyTicket();
}

/** Who has room, and a ticket that waits, as somebody at the desk would see them. */
async function possibleMatch(): Promise<{ ticketId: string; agent: string }> {
  const { rows } = await sql<{ ticketId: string; agent: string }>`
    select (select id from intake.tickets where agent is null and status <> 'closed' order by id offset ${random(8)} limit 1) as "ticketId",
      (select name from routing.agents where online and load < capacity order by load limit 1) as agent`.execute(
    database.db,
  );
  const { ticketId, agent } = rows[0] ?? {};
  return { ticketId: ticketId ?? (await anyTicket()), agent: agent ?? pick(names) };
}

const now = () => new Date();
const change = () => ({ by: 'boss', now: now() });
const acts = {
  async route() {
    await database.transaction(async (trx) => {
      const tickets = Array.from({ length: 1 + random(2) }, () => ({
        id: randomUUID(),
        department: pick(departments),
      }));
      for (const t of tickets)
        await sql`insert into intake.tickets (id, content_hash, subject, body, channel, language, status, category,
          department, abstained, priority, created_at, updated_at) values (${t.id}, ${t.id}, 's', 'b', 'api', 'en', 'new',
          ${t.department}, ${t.department}, false, 'medium', now(), now())`.execute(trx);
      const asked = tickets.map((t) => ({ ...t, category: t.department, abstained: false, createdAt: now() }));
      await assignTickets(
        trx,
        asked.map((t) => ({ ...t, priority: 'medium' as const })),
        now(),
      );
    });
  },
  async assign() {
    const wanted = random(2) === 0 ? { ticketId: await anyTicket(), agent: pick(names) } : await possibleMatch();
    await database.transaction((trx) => assignTo(trx, { ...wanted, ...change() }));
  },
  async next() {
    await database.transaction((trx) => queueNext(trx, { agent: pick(names), ...change() }));
  },
  async release() {
    const ticketId = await heldTicket();
    await database.transaction((trx) => release(trx, { ticketId, ...change() }));
  },
  async reassign() {
    const ticketId = await heldTicket();
    const agent = random(2) === 0 ? null : pick(names);
    await database.transaction((trx) => reassign(trx, { ticketId, agent, ...change() }));
  },
  async close() {
    const ticketId = await anyTicket();
    await database.transaction(async (trx) => {
      await sql`select id from intake.tickets where id = ${ticketId} for update`.execute(trx);
      await sql`update intake.tickets set status = 'closed' where id = ${ticketId}`.execute(trx);
      await freeSlot(trx, { ticketId, ...change() });
    });
  },
  async leave() {
    const keeps = random(3) === 0;
    await database.transaction((trx) => patchAgent(trx, pick(names), { online: false, keeps }, change()));
  },
  async come() {
    await database.transaction((trx) => patchAgent(trx, pick(names), { online: true }, change()));
  },
  async sweep() {
    await database.transaction((trx) => relieveAbsent(trx, now()));
    await database.transaction((trx) => serveWaiting(trx, now()));
  },
};
/** As much is closed as comes in: agents have room now and then, and then somebody takes the last slot. */
const often = { route: 3, assign: 4, next: 2, release: 2, reassign: 4, close: 5, leave: 3, come: 5, sweep: 2 };
const kinds = Object.entries(often).flatMap(([kind, n]) => Array<keyof typeof acts>(n).fill(kind as keyof typeof acts));

async function act(kind: keyof typeof acts): Promise<void> {
  try {
    await acts[kind]();
    done[kind] = (done[kind] ?? 0) + 1;
  } catch (error) {
    if (error instanceof SignalboxError && refusals.includes(error.code)) return;
    const cause = error instanceof Error ? error.cause : undefined;
    const words = `${kind}: ${String(error)} ${String(cause ?? '')}`;
    if (!noConnection.test(words)) errors.push(words);
  }
}

for (let round = 0; round < Number(rounds); round++)
  await Promise.all(Array.from({ length: Number(parallel) }, () => act(pick(kinds))));
await database.close();
process.stdout.write(`${JSON.stringify({ done, errors })}\n`);
