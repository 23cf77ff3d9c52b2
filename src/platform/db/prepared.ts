import { sql } from 'kysely';
import type pg from 'pg';

const mark = '/* prepared */ ';

/**
 * Stands first in a statement that each connection is to parse once and plan for good. For statements of hot paths
 * alone, and only where the plan must not depend on how large tables are: inserts, locks, small tables. A plan that was
 * made while a table was empty would read all of it when it has grown. Parsing and planning were a third of what
 * PostgreSQL did for a routed ticket.
 */
export const prepared = sql.raw(mark);

/** More differing texts than this would be a mistake: those behind are not prepared. */
const mostNames = 200;
const names = new Map<string, string>();

/** Lets the connection prepare what bears the mark. */
export function prepareMarked(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const preparing = (...given: unknown[]) => {
    const [text, values] = given;
    if (given.length !== 2 || typeof text !== 'string' || !text.trimStart().startsWith(mark)) return query(...given);
    const name = nameOf(text);
    return name === null ? query(...given) : query({ name, text, values });
  };
  client.query = preparing as typeof client.query;
}

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames) return null;
  const name = `signalbox_${names.size + 1}`;
  names.set(text, name);
  return name;
}
