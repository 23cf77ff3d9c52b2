import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { receiveTicket, storeTickets } from '../../../src/intake/index.ts';
import { createLog, newId, openDatabase } from '../../../src/platform/index.ts';
import { SignalboxError } from '../../../src/ticket/index.ts';
import {
  type Compared,
  createDuplicateDetection,
  createDuplicateReader,
  type DuplicateDetection,
  type DuplicateReader,
  type IncidentSettings,
} from '../../../src/triage/index.ts';
import { createTestDatabase } from '../../support/database.ts';

/** What one customer sends. */
export interface Report {
  readonly subject?: string;
  readonly body?: string;
  /** Seconds after the beginning of the test's time. */
  readonly at?: number;
  readonly email?: string;
  readonly urgencyScore?: number;
}

export interface Reported extends Compared {
  readonly id: string;
}

export const settings: IncidentSettings = { threshold: 0.9, windowMs: 300_000, count: 10, quietMs: 1_800_000 };
const start = Date.UTC(2027, 0, 4, 8);
export const outage = { subject: 'Server down', body: 'The production server is down, nobody can work.' };

/** Detections as several processes have them, each with a memory of its own, over one database. */
export async function createIncidentWorld() {
  const testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.url);
  const reader = createDuplicateReader({ embedder: null });
  const log = createLog('silent');
  const newProcess = (
    changed: Partial<IncidentSettings> = {},
    readWith: DuplicateReader = reader,
  ): DuplicateDetection =>
    createDuplicateDetection({ reader: readWith, settings: { ...settings, ...changed }, newId, log });

  /** Stores and compares, in one transaction, as POST /route does; `fail` ends it before its commit. */
  async function report(
    process: DuplicateDetection,
    reports: readonly Report[],
    { fail = false }: { fail?: boolean } = {},
  ): Promise<Reported[]> {
    const received = reports.map(({ subject = outage.subject, body = outage.body, at = 0, email }) =>
      receiveTicket({ subject, body, customerEmail: email }, { id: randomUUID(), now: new Date(start + at * 1000) }),
    );
    const fingerprints = await process.read(
      received.map(({ ticket, read }) => ({ ...read, language: ticket.language, channel: 'api' })),
    );
    const { stored, detected } = await database.transaction(async (trx) => {
      const stored = await storeTickets(
        trx,
        received.map((one) => ({ received: one, status: 'new', owner: null, triage: null })),
        newId,
      );
      const detected = await process.detect(
        trx,
        received.map(({ ticket }, i) => {
          const one = stored[i]!;
          return {
            id: ticket.id,
            at: ticket.createdAt,
            customerId: one.kind === 'stored' ? one.customerId : null,
            category: 'Technical',
            urgencyScore: reports[i]?.urgencyScore ?? 0.3,
            mayWait: true,
            fingerprint: fingerprints[i]!,
          };
        }),
      );
      if (fail) throw new SignalboxError('internal', 'the process loses its nerve');
      return { stored, detected };
    });
    detected.committed();
    return stored.map(({ id }, i) => ({ id, ...detected.compared[i]! }));
  }

  const rows = async <T>(query: string): Promise<T[]> => (await sql.raw<T>(query).execute(database.db)).rows;
  return {
    database,
    newProcess,
    report,
    incidents: () =>
      rows<{ id: string; members: number; status: string }>(
        `select i.id, i.status, (select count(*)::int from triage.members where incident_id = i.id) as members
         from triage.incidents i order by opened_at, id`,
      ),
    ledger: async (action: string) =>
      (
        await rows<{ id: string }>(
          `select subject_id as id from platform.ledger where action = '${action}' order by ledger.id`,
        )
      ).map(({ id }) => id),
    async empty() {
      await sql`truncate triage.members, triage.incidents, triage.incident_events, triage.incident_replies, intake.tickets, platform.ledger cascade`.execute(
        database.db,
      );
    },
    async close() {
      await database.close();
      await testDatabase.drop();
    },
  };
}
export type IncidentWorld = Awaited<ReturnType<typeof createIncidentWorld>>;
