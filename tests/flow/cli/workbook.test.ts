import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeWorkbook } from '../../support/make-workbook.ts';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const file = (name: string, content: Uint8Array) => {
  writeFileSync(join(cli.folder, name), content);
  return name;
};
const book = file(
  'tickets.xlsx',
  makeWorkbook({
    Notizen: [
      ['nur', 'Zahlen'],
      [1, 2],
    ],
    Tickets: [
      ['ticket_id', 'Betreff', 'Nachricht'],
      [4711, 'Rechnung', 'Auf der Rechnung stehen 14 Lizenzen, wir haben 11. Bitte berichtigen Sie sie.'],
      [null, null, null],
      [4712, '', ''],
      [4713, 'Server down', 'Our server has been down for an hour and nobody can work!'],
    ],
  }),
);

describe('signalbox triage with a workbook', () => {
  it('reads the sheet that is named, and tells bad rows by their number in it', async () => {
    const { code, words, rows } = await cli.run(['triage', book, '--sheet', 'Tickets', '--no-store']);
    expect(code).toBe(0);
    expect(rows()).toMatchObject([
      { row: 1, ticket_id: '4711', language: 'de', category: expect.any(String) },
      { row: 3, ticket_id: '4713', language: 'en', category: expect.any(String) },
    ]);
    expect(words).toMatch(/4.*there is no text in it/);
  });

  it('says what is missing', async () => {
    expect(await cli.run(['triage', book, '--no-store'])).toMatchObject({
      code: 1,
      words: expect.stringMatching(/no column of text.*nur, Zahlen/),
    });
    expect(await cli.run(['triage', book, '--sheet', 'X', '--no-store'])).toMatchObject({
      code: 1,
      words: expect.stringContaining('has no sheet "X". Its sheets are: Notizen, Tickets.'),
    });
  });
});
