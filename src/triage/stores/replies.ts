import { sql } from 'kysely';
import type { Trx } from '../../platform/index.ts';
import type { Language, TicketStatus } from '../../ticket/index.ts';

/** One reply at a time for each incident. Taken before the rows of tickets; nothing else takes it. */
export async function lockReplies(trx: Trx, incidentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`incident reply ${incidentId}`}, 0))`.execute(trx);
}

export interface MemberToTell {
  readonly ticketId: string;
  readonly language: Language;
  readonly status: TicketStatus;
  /** A person wrote to this customer since the incident last did. */
  readonly answered: boolean;
}

/** Members, with the rows of their tickets locked. `untold`: only those that the incident told nothing yet. */
export async function lockMembersToTell(
  trx: Trx,
  { incidentId, untold }: { incidentId: string; untold: boolean },
): Promise<MemberToTell[]> {
  const { rows } = await sql<MemberToTell>`
    select t.id as "ticketId", t.language, t.status, exists (
      select from intake.messages w where w.ticket_id = t.id and w.author = 'agent' and not w.private
        and (m.told_at is null or w.created_at > m.told_at)) as answered
    from triage.members m join intake.tickets t on t.id = m.ticket_id
    where m.incident_id = ${incidentId} and (not ${untold}::boolean or m.told_at is null)
    order by t.id for update of t`.execute(trx);
  return rows;
}

export async function noteTold(trx: Trx, ticketIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update triage.members set told_at = ${now} where ticket_id = any(${ticketIds as string[]}::uuid[])`.execute(trx);
}

export interface ReplyResult {
  readonly told: number;
  readonly resolved: number;
  readonly skipped: { readonly answered: number; readonly closed: number };
  readonly languages: Readonly<Record<Language, number>>;
}

export async function findReply(trx: Trx, effect: string): Promise<ReplyResult | null> {
  const { rows } = await sql<{ result: ReplyResult }>`
    select result from triage.incident_replies where effect = ${effect}`.execute(trx);
  return rows[0]?.result ?? null;
}

export interface NewReply {
  readonly id: string;
  readonly incidentId: string;
  readonly effect: string | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly result: ReplyResult;
  readonly actor: string;
  readonly now: Date;
}

export async function insertReply(trx: Trx, reply: NewReply): Promise<void> {
  await sql`
    insert into triage.incident_replies (id, incident_id, effect, texts, result, actor, at)
    values (${reply.id}, ${reply.incidentId}, ${reply.effect}, ${JSON.stringify(reply.texts)}::jsonb,
      ${JSON.stringify(reply.result)}::jsonb, ${reply.actor}, ${reply.now})`.execute(trx);
}
