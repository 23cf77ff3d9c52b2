import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonRecord, parseJsonLines, parseJsonList } from './parse-json.ts';

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(records: AsyncIterable<JsonRecord>): Promise<JsonRecord[]> {
  const found: JsonRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

const list = (text: string, size = text.length) => all(parseJsonList(pieces(text, size), 'the file'));
const lines = (text: string, size = text.length) => all(parseJsonLines(pieces(text, size)));
const valuesOf = (records: readonly JsonRecord[]) => records.map((r) => ('value' in r ? r.value : r.problem));

describe('lists', () => {
  it('reads what JSON.parse reads, wherever the pieces end, bare or under "tickets"', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const form = fc.record({
      values: fc.array(value, { maxLength: 6 }),
      space: fc.constantFrom(0, 2),
      size: fc.integer({ min: 1, max: 30 }),
      wrapped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(form, async ({ values, space, size, wrapped }) => {
        const whole = wrapped ? { other: ['tickets', { tickets: [1] }], tickets: values, more: [2] } : values;
        const text = JSON.stringify(whole, null, space);
        expect(valuesOf(await list(text, size))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 300 },
    );
  });

  it('names the line on which an element begins', async () => {
    const records = await list('[\n  {"a": 1},\n\n  {\n    "a": 2\n  }, {"a": 3}\n]');
    expect(records.map((r) => r.line)).toEqual([2, 4, 6]);
  });

  it('reports an element that is broken and goes on with the next', async () => {
    expect(valuesOf(await list('[{"a": 1}, {"a": NaN}, {"a" 2}, {"a": "]},["}]'))).toEqual([
      { a: 1 },
      'not valid JSON',
      'not valid JSON',
      { a: ']},[' },
    ]);
  });

  it('says of a list that is cut so', async () => {
    const records = await list('[{"a": 1}, {"a": 2}, {"a"');
    expect(valuesOf(records)).toEqual([{ a: 1 }, { a: 2 }, 'the file ends inside the list']);
  });

  it('tells that something stands behind the list, once, on its line', async () => {
    const more = '[{"a": 1},\n{"a": 2}]\n\n{"a": 3}\n{"a": 4}\n';
    for (const size of [1, 7, 1_000]) {
      const records = await list(more, size);
      expect(records.map((r) => r.line)).toEqual([1, 2, 4]);
      expect(records[2]).toHaveProperty('problem', expect.stringContaining('nothing from here on is read'));
      expect(valuesOf(await list('[{"a": 1}] \n\n', size))).toEqual([{ a: 1 }]);
    }
  });

  it('refuses JSON without a list of tickets in words', async () => {
    await expect(list('{"ticket": {"subject": "x"}}')).rejects.toThrow(/without a list of tickets/);
  });
});

describe('lines', () => {
  it('reads one value a line, passes over blank ones and reports broken ones', async () => {
    for (const size of [1, 5, 1_000]) {
      const records = await lines('{"a": 1}\r\n\n{"a": \n{"a": 3}', size);
      expect(valuesOf(records)).toEqual([{ a: 1 }, 'not valid JSON', { a: 3 }]);
      expect(records.map((r) => r.line)).toEqual([1, 3, 4]);
    }
  });

  it('drops a line that is too long without gathering it, and reads the next', async () => {
    async function* long() {
      yield '{"a": 1}\n{"a": "';
      for (let i = 0; i < 40; i++) yield 'x'.repeat(100_000);
      yield '"}\n{"a": 3}\n';
    }
    const records = await all(parseJsonLines(long()));
    expect(valuesOf(records)).toEqual([{ a: 1 }, 'longer than 1,000,000 characters', { a: 3 }]);
    expect(records.map((r) => r.line)).toEqual([1, 2, 3]);
  });
});
