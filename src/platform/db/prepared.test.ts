import { sql } from 'kysely';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { prepared, prepareMarked } from './prepared.ts';

function connection() {
  const asked: unknown[][] = [];
  const client = {
    query(...given: unknown[]) {
      asked.push(given);
      return Promise.resolve({ rows: [] });
    },
  };
  prepareMarked(client as unknown as pg.ClientBase);
  const query = client.query as (...given: unknown[]) => unknown;
  return { asked, query };
}

const markOf = () => (prepared.toOperationNode() as unknown as { sqlFragments: string[] }).sqlFragments.join('');

describe('a statement with the mark', () => {
  it('is prepared under a name that belongs to its words on every connection', () => {
    const [one, other] = [connection(), connection()];
    const first = `${markOf()}insert into t select $1`;
    const second = `${markOf()}insert into u select $1`;
    one.query(first, [1]);
    one.query(second, [2]);
    other.query(first, [3]);
    const named = [...one.asked, ...other.asked].map(([statement]) => statement as pg.QueryConfig & { name: string });
    expect(named.map(({ text, values }) => [text, values])).toEqual([
      [first, [1]],
      [second, [2]],
      [first, [3]],
    ]);
    expect(named[0]!.name).toBe(named[2]!.name);
    expect(named[0]!.name).not.toBe(named[1]!.name);
  });

  it('is what the tag makes of it', () => {
    expect(sql`${prepared}select 1`.toOperationNode()).toMatchObject({ sqlFragments: ['', 'select 1'] });
    expect(markOf()).toMatch(/^\/\* \w+ \*\/ $/);
  });
});

describe('any other statement', () => {
  it.each([
    ['without the mark', ['select $1', [1]]],
    ['with the mark within a value', ['select $1', [markOf()]]],
    ['with a callback', [`${markOf()}select 1`, [], () => undefined]],
    ['as an object', [{ text: `${markOf()}select 1` }]],
  ])('%s goes through as it is', (_, given) => {
    const { asked, query } = connection();
    query(...given);
    expect(asked).toEqual([given]);
  });
});
