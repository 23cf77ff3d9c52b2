import { sql } from 'kysely';
import type { Db } from '../../platform/index.ts';
import { limits, type Turn } from '../../ticket/index.ts';

/** What of a ticket wants an answer, and what was said before it. */
export interface Asked {
  /** Everything the customer wrote since our last reply, oldest first, joined by blank lines; at most 20,000 characters. */
  readonly text: string;
  /** The customer's newest message in it; null: the ticket's own text. */
  readonly messageId: string | null;
  /** What both sides said before, oldest first, at most 20; nothing private. */
  readonly turns: readonly Turn[];
}

interface Line extends Turn {
  readonly id: string | null;
}

const turnsKept = 20;

/**
 * `until` names the message up to which to read: null for the ticket's own text alone, undefined for all there is. With
 * it a run that is taken up again sees what it saw at first, whatever was written meanwhile. Messages of which
 * `saysNothing` is true (a mere greeting) are left out, unless the customer wrote nothing else.
 */
export async function readAsked(
  db: Db,
  ticketId: string,
  { until, saysNothing = () => false }: { until?: string | null | undefined; saysNothing?: (text: string) => boolean },
): Promise<Asked> {
  const lines = await readLines(db, ticketId, until);
  const replied = lines.findLastIndex((l) => l.author === 'agent' || l.author === 'ai');
  const since = lines.findIndex((l, i) => i > replied && l.author === 'customer');
  // A person opened it again without a word of the customer: what was asked last is asked still.
  const from = since === -1 ? lines.findLastIndex((l) => l.author === 'customer') : since;
  const asked = lines.slice(from).filter((l) => l.author === 'customer');
  const says = (l: Line) => l.author !== 'customer' || !saysNothing(l.text);
  const matter = asked.some(says) ? asked.filter(says) : asked;
  return {
    text: keepEnd(matter.map((l) => l.text).join('\n\n')),
    messageId: asked.at(-1)?.id ?? null,
    turns: lines
      .slice(0, from)
      .filter(says)
      .slice(-turnsKept)
      .map(({ author, text, at }) => ({ author, text, at })),
  };
}

async function readLines(db: Db, ticketId: string, until: string | null | undefined): Promise<Line[]> {
  const range =
    until === undefined
      ? sql`true`
      : until === null
        ? sql`false`
        : sql`m.seq <= (select u.seq from intake.messages u where u.id = ${until}::uuid)`;
  const { rows } = await sql<Omit<Line, 'at'> & { at: Date | string; place: number }>`
    select null::uuid as id, 'customer' as author, t.body as text, t.created_at as at, 0::bigint as place
    from intake.tickets t where t.id = ${ticketId}
    union all
    select m.id, m.author, m.text, m.created_at, m.seq from intake.messages m
    where m.ticket_id = ${ticketId} and not m.private and ${range}
    order by place`.execute(db);
  return rows.map(({ id, author, text, at }) => ({ id, author, text, at: new Date(at).toISOString() }));
}

/** The newest characters, never beginning within one. */
function keepEnd(text: string): string {
  if (text.length <= limits.body) return text;
  const kept = text.slice(-limits.body);
  return /^[\uDC00-\uDFFF]/.test(kept) ? kept.slice(1) : kept;
}
