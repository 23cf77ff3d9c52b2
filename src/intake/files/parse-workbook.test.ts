import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkbook } from '../../../tests/support/make-workbook.ts';
import { makeZip } from '../../../tests/support/make-zip.ts';
import { type FileRow, openTicketFile, type TicketFileOptions } from './read-ticket-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-workbooks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function rowsOf(path: string, options: TicketFileOptions = {}): Promise<FileRow[]> {
  const file = await openTicketFile(path, options);
  const rows: FileRow[] = [];
  for await (const row of file.rows()) rows.push(row);
  return rows;
}

const said = (row: FileRow) => (row.kind === 'bad' ? row.problem : [row.request.subject, row.request.body]);
const book = makeWorkbook({
  Anfragen: [
    [null, null],
    ['Betreff', 'Nachricht', 'Ticketnummer', 'Stand', 'Bezahlt'],
    ['Rückgabe', 'Die Größe passt nicht & ist <zu> klein.', 4711, new Date('2026-03-09T00:00:00Z'), true],
    [null, null, null, null, null],
    ['', '', 4712],
    ['Login', 'Ich komme nicht hinein.', 12.5, new Date('2026-03-09T14:30:00Z'), false],
  ],
  Zweites: [
    ['subject', 'body'],
    ['Hello', 'From the second sheet.'],
  ],
  Leer: [],
});

describe('a workbook of tickets', () => {
  it('is read as a table: numbers, dates and truth as text, empty rows passed over, bad rows by their line', async () => {
    const path = put('book.xlsx', book);
    const rows = await rowsOf(path, { keep: ['Stand', 'Bezahlt'] });
    expect(rows.map((row) => [row.row, row.line, said(row)])).toEqual([
      [1, 3, ['Rückgabe', 'Die Größe passt nicht & ist <zu> klein.']],
      [2, 5, 'there is no text in it'],
      [3, 6, ['Login', 'Ich komme nicht hinein.']],
    ]);
    expect(rows.map((row) => row.kind === 'ticket' && [row.request.clientTicketId, row.kept])).toEqual([
      ['4711', { Stand: '2026-03-09', Bezahlt: 'TRUE' }],
      false,
      ['12.5', { Stand: '2026-03-09 14:30', Bezahlt: 'FALSE' }],
    ]);
  });

  it('gives each row a key of its own by file and sheet', async () => {
    const path = put('keys.xlsx', book);
    const keys = async (options?: TicketFileOptions) =>
      (await rowsOf(path, options)).flatMap((row) => (row.kind === 'ticket' ? [row.request.sourceKey] : []));
    const first = await keys();
    expect(await keys()).toEqual(first);
    const second = await keys({ sheet: 'Zweites' });
    expect(new Set([...first, ...second]).size).toBe(3);
    const file = await openTicketFile(path);
    expect(file.taken()).toBe(0);
    for await (const _ of file.rows());
    expect(file.taken()).toBe(file.size);
  });

  it('names the sheets that there are, and says what is missing', async () => {
    const path = put('sheets.xlsx', book);
    expect((await rowsOf(path, { sheet: 'Zweites' })).map(said)).toEqual([['Hello', 'From the second sheet.']]);
    await expect(rowsOf(path, { sheet: 'Drittes' })).rejects.toThrow(/no sheet "Drittes".*Anfragen, Zweites, Leer/);
    await expect(rowsOf(path, { sheet: 'Leer' })).rejects.toThrow(/holds no rows on that sheet/);
    await expect(rowsOf(put('a.csv', Buffer.from('body\nx\n')), { sheet: 'x' })).rejects.toThrow(/no Excel workbook/);
    const lacking = put(
      'lack.xlsx',
      makeWorkbook({
        A: [
          ['Farbe', 'Zahl'],
          ['rot', 1],
        ],
      }),
    );
    await expect(rowsOf(lacking)).rejects.toThrow(/no column of text.*Farbe, Zahl/);
  });

  it.each<[string, () => Buffer, RegExp]>([
    ['an old .xls or a password', () => Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), /password/],
    ['a ZIP file', () => makeZip([{ name: 'a.csv', content: 'body\nx' }]), /is a ZIP file/],
    ['a cut file', () => book.subarray(0, book.length - 30), /ZIP file|damaged/],
    [
      'a broken sheet',
      () => broken('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>9</v>'),
      /cannot be read as a workbook/,
    ],
    ['a bomb', () => broken(Buffer.alloc(501 * 1024 * 1024)), /ZIP bomb/],
    ['a bomb that lies', () => broken(Buffer.alloc(50 * 1024 * 1024), 10), /ZIP bomb/],
  ])('is refused in words: %s', async (_, make, reason) => {
    await expect(rowsOf(put('bad.xlsx', make()))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringMatching(reason),
    });
  });

  it('may be left before its end', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => [`Zeile ${i}`]);
    const file = await openTicketFile(put('long.xlsx', makeWorkbook({ A: [['body'], ...rows] })));
    const seen: FileRow[] = [];
    for await (const row of file.rows()) {
      seen.push(row);
      if (seen.length === 700) break;
    }
    expect(seen.at(-1)).toMatchObject({ row: 700, line: 701, request: { body: 'Zeile 699' } });
  });
});

function broken(sheet: Buffer | string, claims?: number): Buffer {
  const workbook = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>';
  const relations =
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>';
  return makeZip([
    { name: 'xl/workbook.xml', content: workbook },
    { name: 'xl/_rels/workbook.xml.rels', content: relations },
    { name: 'xl/worksheets/sheet1.xml', content: sheet, ...(claims === undefined ? {} : { claims }) },
  ]);
}
