import { SignalboxError } from '../ticket/index.ts';

/** Where a list goes on: the time and id of the last row shown. Opaque to clients. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.getTime()}.${cursor.id}`).toString('base64url');
}

/** Fourteen digits of milliseconds end in the year 5138: no time that PostgreSQL or a Date could not hold. */
const ours = /^(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws `invalid-fields` for anything that is not a cursor of ours. */
export function decodeCursor(text: string): Cursor {
  const [, time, id] = ours.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  if (time !== undefined && id !== undefined) return { at: new Date(Number(time)), id };
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
