import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, parseCsv } from './parse-csv.ts';

/** The text in pieces of `size` characters: what a record is must not depend on where a piece ends. */
async function read(text: string, size = text.length || 1): Promise<CsvRecord[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const records: CsvRecord[] = [];
  for await (const record of parseCsv(pieces())) records.push(record);
  return records;
}

const fieldsOf = (records: readonly CsvRecord[]) => records.map((r) => ('fields' in r ? r.fields : r.problem));
const linesOf = (records: readonly CsvRecord[]) => records.map((r) => r.line);

describe('sound files', () => {
  it('reads what csv-parse reads, wherever the pieces end', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'a', 'ä"ö', '"', '""', 'x,y', 'x;y', 'line\nbreak', '\r\n', ' leading', 'trailing ', '😀'),
      fc.string({ maxLength: 8 }),
    );
    const rows = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    const form = fc.record({
      rows,
      delimiter: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      size: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(form, async ({ rows, delimiter, end, size }) => {
        const table = [['column one', 'column two', 'three', 'four'].slice(0, rows[0]!.length), ...rows];
        const text = stringify(table, { delimiter, record_delimiter: end, quoted: true });
        const expected = parse(text, { delimiter, record_delimiter: end }) as string[][];
        expect(fieldsOf(await read(text, size))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('knows comma, semicolon, tab, bar and the first line of Excel', async () => {
    expect(fieldsOf(await read('a;b\n1,5;2\n'))).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
    expect(fieldsOf(await read('a\tb\n1\t2'))[1]).toEqual(['1', '2']);
    expect(fieldsOf(await read('a|b\n1|2'))[1]).toEqual(['1', '2']);
    expect(fieldsOf(await read('sep=;\r\na;b\r\n1;2\r\n'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('passes over blank lines and counts the lines of every kind of break', async () => {
    const records = await read('a,b\r\n\r\n1,"x\r\ny"\r\n\n2,z\r3,w', 1);
    expect(fieldsOf(records)).toEqual([
      ['a', 'b'],
      ['1', 'x\r\ny'],
      ['2', 'z'],
      ['3', 'w'],
    ]);
    expect(linesOf(records)).toEqual([1, 3, 6, 7]);
  });

  it('splits nothing in a file of one column', async () => {
    expect(fieldsOf(await read('text\nhello, there; you\n"quoted ""one"", two"\n', 3))).toEqual([
      ['text'],
      ['hello, there; you'],
      ['quoted "one", two'],
    ]);
  });

  it('takes a quote inside a plain field as a sign, and empty cells after the last column as none', async () => {
    expect(fieldsOf(await read('a,b\n5" screen,x\ny,z,,\n'))).toEqual([
      ['a', 'b'],
      ['5" screen', 'x'],
      ['y', 'z'],
    ]);
  });
});

describe('broken files', () => {
  it('loses the broken rows only: csv-parse loses the three sound ones after the open quote as well', async () => {
    const text =
      'id,text\n1,"ok, a"\n2,"broken "quote" here"\n3,fine\n4,"open\n5,fine\n6,fine\n7,"good"\n8,x,y,z\n9\n10,"two\nlines"\n11,last\n';
    for (const size of [1, 7, text.length]) {
      const records = await read(text, size);
      const good = records.filter((r) => 'fields' in r).map((r) => ('fields' in r ? r.fields[0] : ''));
      expect(good).toEqual(['id', '1', '3', '5', '6', '7', '10', '11']);
      const bad = records.filter((r) => 'problem' in r);
      expect(linesOf(bad)).toEqual([3, 5, 9, 10]);
      expect(fieldsOf(bad)).toEqual([
        expect.stringContaining('goes on after its closing quote'),
        expect.stringContaining('goes on after its closing quote'),
        '4 fields, but the header has 2',
        '1 fields, but the header has 2',
      ]);
    }
    const skipped = parse(text, { skip_records_with_error: true }) as string[][];
    expect(skipped.map(([id]) => id)).toEqual(['id', '1', '3', '10', '11']);
  });

  it('says of a quote that is never closed so, and reads the rows after it', async () => {
    const records = await read('a,b\n1,"open\n2,x\n3,y\n');
    expect(fieldsOf(records)).toEqual([['a', 'b'], 'a quote is opened and never closed', ['2', 'x'], ['3', 'y']]);
  });

  it('gathers at most a million characters for a quote that is never closed', async () => {
    const rows = 60_000;
    let held = 0;
    async function* pieces() {
      yield 'a,b\n0,"open\n';
      for (let i = 1; i <= rows; i++) {
        held++;
        yield `${i},${'x'.repeat(40)}\n`;
      }
    }
    let good = 0;
    let firstAt = 0;
    for await (const record of parseCsv(pieces())) {
      if ('fields' in record) good++;
      else firstAt ||= held;
    }
    expect(good).toBe(rows + 1);
    expect(firstAt).toBeLessThan(30_000);
  });

  it.each([
    ['plain', ''],
    ['quoted', '"'],
    ['with a quote that is never closed', '"', ''],
  ])('tells a row of 40 million characters once: %s', async (_, open, close = open) => {
    for (const end of ['\n', '\r\n', '\r']) {
      async function* pieces() {
        yield `a,b${end}1,x${end}2,${open}`;
        for (let i = 0; i < 400; i++) yield 'x, "y" '.replaceAll('"', open === '' ? '"' : '""').repeat(14_000);
        yield close;
        yield end[0]!;
        yield `${end.slice(1)}3,z${end}`;
      }
      const records: CsvRecord[] = [];
      for await (const record of parseCsv(pieces())) records.push(record);
      expect(fieldsOf(records)).toEqual([['a', 'b'], ['1', 'x'], 'longer than 1,000,000 characters', ['3', 'z']]);
      expect(linesOf(records)).toEqual([1, 2, 3, 4]);
    }
  });

  it('ends on any text, and every record names a line that is there', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ';'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const records = await read(text, size);
        const lines = text.split(/\r\n|\n|\r/).length;
        for (const [i, { line }] of records.entries()) {
          expect(line).toBeLessThanOrEqual(lines);
          expect(line).toBeGreaterThan(records[i - 1]?.line ?? 0);
        }
        expect(records).toEqual(await read(text));
      }),
      { numRuns: 500 },
    );
  });
});
