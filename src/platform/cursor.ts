import { SignalboxError } from '../ticket/index.ts';

/** Where a list goes on: the time and id of the last row shown. Opaque to clients. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.getTime()}.${cursor.id}`).toString('base64url');
}

/** @throws `invalid-fields` for anything that is not a cursor of ours. */
export function decodeCursor(text: string): Cursor {
  const [time, id] = Buffer.from(text, 'base64url').toString('utf8').split('.', 2);
  const at = new Date(Number(time));
  if (id !== undefined && /^[0-9a-f-]{36}$/.test(id) && !Number.isNaN(at.getTime())) return { at, id };
  throw new SignalboxError(
    'invalid-fields',
    'The cursor is not one that a list of Signalbox gave. Leave it out to begin anew.',
    {
      fields: [{ path: 'cursor', message: 'is not a cursor of a list' }],
    },
  );
}

/** Cuts a list of up to `limit + 1` rows into a page. */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => Cursor,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
  };
}
