import { type Selectable, sql, type Updateable } from 'kysely';
import { type Db, ownerIsGone, type Trx } from '../../platform/index.ts';
import { assertMayMove, SignalboxError, type TicketStatus } from '../../ticket/index.ts';
import type { IntakeTables, TicketsTable } from './tables.ts';

export type TicketPatch = Omit<Updateable<TicketsTable>, 'id' | 'status' | 'updated_at'>;
export type LockedTicket = Pick<
  Selectable<TicketsTable>,
  'id' | 'status' | 'run' | 'agent' | 'assignment' | 'category' | 'owner' | 'tries' | 'language'
>;

/** Reads a ticket and holds its row until the transaction ends. @throws `not-found` */
export async function lockTicket(trx: Trx, id: string): Promise<LockedTicket> {
  const row = await trx
    .withTables<IntakeTables>()
    .selectFrom('intake.tickets')
    .select(['id', 'status', 'run', 'agent', 'assignment', 'category', 'owner', 'tries', 'language'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new SignalboxError('not-found', `There is no ticket ${id}.`);
  return row;
}

/**
 * The one place where a ticket changes its status. Locks the row, checks the table of states, writes.
 * @returns the ticket as it was before. @throws `not-found`, `invalid-state` naming both states.
 */
export async function moveTicket(
  trx: Trx,
  id: string,
  to: TicketStatus,
  change: { now: Date; patch?: TicketPatch },
): Promise<LockedTicket> {
  const before = await lockTicket(trx, id);
  assertMayMove(before.status, to);
  await patchTicket(
    trx,
    id,
    { ...change.patch, status: to, owner: to === 'processing' ? (change.patch?.owner ?? null) : null },
    change.now,
  );
  return before;
}

/** Writes columns that are not the status. */
export async function updateTicket(trx: Trx, id: string, patch: TicketPatch, now: Date): Promise<void> {
  await patchTicket(trx, id, patch, now);
}

async function patchTicket(trx: Trx, id: string, patch: Updateable<TicketsTable>, now: Date): Promise<void> {
  await trx
    .withTables<IntakeTables>()
    .updateTable('intake.tickets')
    .set({ ...patch, updated_at: now })
    .where('id', '=', id)
    .execute();
}

/**
 * Takes over up to `limit` tickets whose process is gone, or that this process holds without working on them.
 * Two processes never take the same one (SKIP LOCKED). One's own need to have stood still for ten seconds: between
 * the claim in the database and the note in memory there is a moment.
 */
export async function takeOverTickets(
  db: Db,
  claim: { owner: number; inHand: readonly string[]; limit: number; now: Date },
): Promise<{ id: string; run: number; tries: number }[]> {
  const rows = await sql<{ id: string; run: number; tries: number }>`
    update intake.tickets set owner = ${claim.owner}, tries = tries + 1, updated_at = ${claim.now}
    where id in (
      select t.id from intake.tickets t
      where t.status = 'processing'
        and ((t.owner = ${claim.owner} and not t.id = any(${claim.inHand as string[]}::uuid[]) and t.updated_at < ${claim.now}::timestamptz - interval '10 seconds') or (t.owner <> ${claim.owner} and ${ownerIsGone('t.owner')}))
      order by t.created_at limit ${claim.limit} for update skip locked)
    returning id, run, tries`.execute(db);
  return rows.rows;
}
