import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, openDatabase, type Trx } from '../../../src/platform/index.ts';
import {
  type AgentSettings,
  assignTickets,
  freeSlot,
  listQueue,
  putAgent,
  readAgent,
} from '../../../src/routing/index.ts';
import type { Department, Priority, RoutingVerdict, TicketStatus } from '../../../src/ticket/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

export interface NewTicket {
  readonly category?: string | null;
  readonly department?: Department | null;
  readonly abstained?: boolean;
  readonly priority?: Priority;
  readonly status?: TicketStatus;
  readonly at?: Date;
  readonly customer?: string;
}

export interface TicketState {
  readonly id: string;
  readonly status: TicketStatus;
  readonly agent: string | null;
  readonly assignment: string;
  readonly queue: string | null;
  readonly queued_at: Date | null;
  readonly released_by: string | null;
  readonly category: string | null;
  readonly department: Department | null;
}

/** A database with tickets and agents, and what the pipeline and people do around routing. */
export interface World {
  readonly database: Database;
  /** Time of the next thing; moves one second a call. */
  now(): Date;
  agent(name: string, skills: Record<string, number>, settings?: Partial<AgentSettings>): Promise<void>;
  /** Stores tickets and assigns them in one transaction, as POST /route does. */
  route(...tickets: NewTicket[]): Promise<(RoutingVerdict & { id: string })[]>;
  /** Locks, moves to resolved, frees: as resolving does. */
  resolve(id: string): ReturnType<typeof freeSlot>;
  ticket(id: string): Promise<TicketState>;
  tickets(): Promise<TicketState[]>;
  /** How many tickets the agent holds; undefined for a name that is nobody's. */
  load(agent: string): Promise<number | undefined>;
  /** Of the first 50 in the queue, in its order. */
  waitingIds(): Promise<string[]>;
  run<T>(work: (trx: Trx, now: Date) => Promise<T>): Promise<T>;
  /** Removes agents and tickets; the ledger keeps what it has. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const begin = Date.UTC(2026, 0, 5, 8);
const state = sql.raw('id, status, agent, assignment, queue, queued_at, released_by, category, department');

export async function createWorld(): Promise<World> {
  const test: TestDatabase = await createTestDatabase();
  const database = openDatabase(test.url, { poolSize: 8 });
  let second = 0;
  const now = () => new Date(begin + 1000 * second++);
  const run: World['run'] = (work) => database.transaction((trx) => work(trx, now()));
  return {
    database,
    now,
    run,
    async agent(name, skills, settings = {}) {
      await run((trx, at) =>
        putAgent(trx, { name, skills, capacity: 1, online: true, ...settings }, { by: 'boss', now: at }),
      );
    },
    async route(...asked) {
      const at = now();
      const tickets = asked.map((t) => ({
        id: randomUUID(),
        category: 'Billing',
        department: 'Billing' as Department | null,
        abstained: false,
        priority: 'medium' as Priority,
        status: 'new' as TicketStatus,
        at,
        customer: null as string | null,
        ...t,
      }));
      const verdicts = await database.transaction(async (trx) => {
        for (const t of tickets)
          await sql`
            insert into intake.tickets (id, content_hash, subject, body, channel, language, status, category, department,
              abstained, priority, customer_id, owner, created_at, updated_at)
            values (${t.id}, ${t.id}, 'Betreff', 'Text', 'api', 'de', ${t.status}, ${t.category}, ${t.department},
              ${t.abstained}, ${t.priority}, ${t.customer}, ${t.status === 'processing' ? 1 : null}, ${t.at}, ${t.at})`.execute(
            trx,
          );
        return assignTickets(
          trx,
          tickets.map((t) => ({ ...t, createdAt: t.at })),
          at,
        );
      });
      return verdicts.map((v, i) => ({ ...v, id: tickets[i]!.id }));
    },
    resolve: (id) =>
      run(async (trx, at) => {
        await sql`select id from intake.tickets where id = ${id} for update`.execute(trx);
        await sql`update intake.tickets set status = 'resolved' where id = ${id}`.execute(trx);
        return freeSlot(trx, { ticketId: id, by: 'boss', now: at });
      }),
    async ticket(id) {
      const rows = await sql<TicketState>`select ${state} from intake.tickets where id = ${id}`.execute(database.db);
      return rows.rows[0]!;
    },
    async tickets() {
      return (await sql<TicketState>`select ${state} from intake.tickets order by id`.execute(database.db)).rows;
    },
    async load(agent) {
      return (await readAgent(database.db, agent))?.load;
    },
    async waitingIds() {
      return (await listQueue(database.db, { limit: 50 })).items.map((q) => q.id);
    },
    async empty() {
      // Much quicker than truncate, which writes new files.
      await sql`
        with a as (delete from routing.assignments), r as (delete from routing.reviews)
        delete from routing.agents`.execute(database.db);
      await sql`delete from intake.tickets`.execute(database.db);
    },
    async close() {
      await database.close();
      await test.drop();
    },
  };
}
