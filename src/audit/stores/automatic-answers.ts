import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';
import type { Citation, Language } from '../../ticket/index.ts';

/** What the machine sent in the runs of a ticket before `run`: the citations of each answer, oldest first. */
export async function readAutomaticAnswers(
  db: Db,
  ticketId: string,
  run: number,
): Promise<{ channel: string; citations: Citation[][] }> {
  const { rows } = await sql<{ channel: string; citations: Citation[] | null }>`
    select t.channel, i.citations from intake.tickets t
    left join audit.decisions d on d.ticket_id = t.id and d.run < ${run} and d.outcome = 'resolve'
    left join audit.interactions i on i.ticket_id = t.id and i.run = d.run
    where t.id = ${ticketId} order by d.run`.execute(db);
  return { channel: rows[0]?.channel ?? '', citations: rows.flatMap((r) => (r.citations ? [r.citations] : [])) };
}

/** What the newest run of a ticket answered, or null when there was none. */
export async function readAnswered(db: Db, ticketId: string): Promise<{ text: string; language: Language } | null> {
  const { rows } = await sql<{ text: string; language: Language }>`
    select message as text, language from audit.interactions where ticket_id = ${ticketId}
    order by run desc limit 1`.execute(db);
  return rows[0] ?? null;
}
