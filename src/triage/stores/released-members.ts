import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';
import type { Assignment, Department, Priority, TicketStatus } from '../../ticket/index.ts';

/** A ticket that waited for an incident and need not wait any longer. */
export interface ReleasedMember {
  readonly id: string;
  readonly status: TicketStatus;
  readonly assignment: Assignment;
  readonly category: string | null;
  readonly department: Department | null;
  readonly abstained: boolean | null;
  readonly priority: Priority | null;
  readonly createdAt: Date;
  /**
   * It was told what the incident came to, nobody said anything since, and the incident is to resolve such tickets. Nor did
   * the customer add anything before: that may be another question, which what all were told does not answer.
   */
  readonly resolves: boolean;
  readonly incidentId: string | null;
  readonly resolvedBy: string | null;
}

/**
 * Members that were detached, or whose incident is closed, oldest first, with the rows of their tickets locked. What
 * another transaction has in hand is passed over, and so is what a run is working on: the next look finds it.
 */
export async function takeReleasedMembers(trx: Trx, limit: number): Promise<ReleasedMember[]> {
  const { rows } = await sql<ReleasedMember>`
    select t.id, t.status, t.assignment, t.category, t.department, t.abstained, t.priority, t.created_at as "createdAt",
      i.id as "incidentId", i.resolved_by as "resolvedBy",
      coalesce(i.resolve_members, false) and m.told_at is not null and not exists (
        select from intake.messages w where w.ticket_id = t.id and not w.private
          and (w.created_at > m.told_at or (w.author = 'customer' and w.created_at > m.at))) as resolves
    from triage.members m join intake.tickets t on t.id = m.ticket_id
    left join triage.incidents i on i.id = m.incident_id
    where m.held and (m.incident_id is null or i.status = 'resolved') and t.status <> 'processing'
    order by t.created_at, t.id limit ${limit} for update of t skip locked`.execute(trx);
  return rows;
}

export async function noteReleased(trx: Trx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await sql`update triage.members set held = false where ticket_id = any(${ticketIds as string[]}::uuid[])`.execute(
    trx,
  );
}
