import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const file = (name: string, content: string) => {
  writeFileSync(join(cli.folder, name), content);
  return name;
};

interface Interaction {
  readonly row: number;
  readonly interaction_id: string;
  readonly review_id: string | null;
  readonly final_answer: string;
  readonly language: string;
  readonly tone: string;
  readonly category: string;
}

const parse = (out: string) => JSON.parse(out) as Interaction;

describe('answer', () => {
  it('loads the documents of a new data folder, answers on stdout and gives the reasons on stderr', async () => {
    const { code, out, words } = await cli.run(['answer', 'How long do I have to return the Panel?']);
    expect(code).toBe(0);
    expect(out).toContain('30 days');
    expect(out).toMatch(/\nSources:\n {2}\S/);
    expect(words).toMatch(/The knowledge was empty; \d+ documents loaded/);
    expect(words).toMatch(/category \w+ \(confidence 0\.\d\d\)/);
    expect(words).toMatch(/answered; ticket [0-9a-f-]{36}/);
  });

  it('answers German in German, with the tone and category asked for', async () => {
    const words = [
      'answer',
      'Wie lange kann ich das Panel zurückgeben?',
      '--json',
      '--tone',
      'concise',
      '--category',
      'Refund',
    ];
    const found = parse((await cli.run(words)).out);
    expect(found).toMatchObject({ language: 'de', tone: 'concise', category: 'Refund' });
    expect(found.final_answer).toContain('30 Tage');
  });

  it('hands to a person what the knowledge does not answer', async () => {
    const question = 'Who won the football match yesterday evening in Madrid?';
    const { code, out, words } = await cli.run(['answer', question]);
    expect(code).toBe(0);
    expect(out).not.toMatch(/Sources:/);
    expect(words).toMatch(/handed to a person \(\w+\); ticket [0-9a-f-]{36}, review [0-9a-f-]{36}/);
  });

  it('names no sources where a person has the last word about the answer', async () => {
    const question = 'I want my money back for the Panel, how long do I have to return it? I will call my lawyer.';
    const whole = parse((await cli.run(['answer', question, '--json'])).out) as Interaction & { citations: unknown[] };
    expect(whole.review_id).not.toBeNull();
    expect(whole.citations).not.toEqual([]);
    const { out } = await cli.run(['answer', question]);
    expect(out).not.toMatch(/Sources:/);
  });

  it.each([
    ['.', /\. is a folder\. Name a file/],
    ['questions.pdf', /There is no file questions\.pdf/],
    ['mail.txt', /There is no file mail\.txt/],
  ])('takes the path %s for a slip, and makes no ticket of it', async (given, words) => {
    const found = await cli.run(['answer', given]);
    expect(found).toMatchObject({ code: 1, out: '' });
    expect(found.words).toMatch(words);
  });

  it('refuses an unknown category with the known ones, and a file that is not there', async () => {
    const category = await cli.run(['answer', 'Hello', '--category', 'Weather']);
    expect(category).toMatchObject({
      code: 2,
      words: expect.stringMatching(/"Weather" is not known\. Known are: Billing/),
    });
    const slip = await cli.run(['answer', 'tickets.csv']);
    expect(slip).toMatchObject({ code: 1, words: 'signalbox: There is no file tickets.csv.\n' });
  });

  it('answers a file in its order, each row once, also rows that triage has stored', async () => {
    const name = file(
      'q.csv',
      'ticket_id,customer_message\nQ1,How long do I have to return the Panel?\nQ2,\nQ3,Wie lange kann ich das Panel zurückgeben?\n',
    );
    await cli.run(['triage', name]);
    const first = await cli.run(['answer', name]);
    expect(first.code).toBe(0);
    expect(first.words).toContain('line 3 (row 2): there is no text in it');
    expect(first.words).toMatch(/2 rows in .*: \d answered/);
    const rows = first.rows<Interaction>();
    expect(rows.map((r) => [r.row, r.language])).toEqual([
      [1, 'en'],
      [3, 'de'],
    ]);
    const again = await cli.run(['answer', name, '--out', 'answers.jsonl']);
    expect(again.words).toContain('2 rows in');
    const written = readFileSync(join(cli.folder, 'answers.jsonl'), 'utf8').trim().split('\n').map(parse);
    expect(written.map((r) => r.interaction_id)).toEqual(rows.map((r) => r.interaction_id));
  });
});

describe('answers as a table', () => {
  const questions =
    'ticket_id,customer_message\nT1,How long do I have to return the Panel?\nT2,Wie lange kann ich das Panel zurückgeben?\nT3,=1+1 and a human being please\n';
  const read = () => readFileSync(join(cli.folder, 'answers.csv'), 'utf8');

  it('are written with their quality, in either language, and written anew by the same command', async () => {
    const command = ['answer', file('table.csv', questions), '--out', 'answers.csv', '--method', 'template'];
    expect((await cli.run([...command, '--tone', 'formal'])).code).toBe(0);
    const first = read();
    expect(first.startsWith('\ufeff"row","ticket_id","outcome"')).toBe(true);
    const rows = parseCsv(first, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ row, language, tone, method }) => [row, language, tone, method])).toMatchObject([
      ['1', 'en', 'formal', 'template'],
      ['2', 'de', 'formal', 'template'],
      ['3', 'en', expect.any(String), expect.any(String)],
    ]);
    for (const row of rows) expect(Number(row['quality'])).toBeGreaterThanOrEqual(0);
    expect(rows[1]!['final_answer']).toContain('30 Tage');
    expect(rows[2]).toMatchObject({ outcome: 'handed to a person', guardrail_action: 'PERSON_REQUESTED_ESCALATE' });
    expect((await cli.run([...command, '--tone', 'formal'])).code).toBe(0);
    expect(read()).toBe(first);
    expect(readdirSync(cli.folder).filter((name) => name.startsWith('answers.csv'))).toEqual(['answers.csv']);
  });

  it('never take the place of a table that somebody else made', async () => {
    file('theirs.csv', 'row,answer\n1,x\n');
    const { code, words } = await cli.run(['answer', 'table.csv', '--out', 'theirs.csv']);
    expect(code).toBe(1);
    expect(words).toMatch(/theirs\.csv is there already/);
  });
});

describe('knowledge', () => {
  it('takes files in, replaces one of the same name, finds and lists them', async () => {
    const name = file('parking.md', '# Parking\n\n## Guests\n\nGuests park on level 3 of the garage, gate B.\n');
    expect(await cli.run(['knowledge', 'add', name])).toMatchObject({
      code: 0,
      words: 'parking.md: added, 1 passage\n',
    });
    const found = await cli.run(['knowledge', 'search', 'Where do guests park?', '--json', '--limit', '1']);
    expect(found.rows()[0]).toMatchObject({ document: 'Parking', text: expect.stringContaining('level 3') });
    file('parking.md', '# Parking\n\n## Guests\n\nGuests park on level 5 of the garage, gate C.\n');
    expect((await cli.run(['knowledge', 'add', name])).words).toBe('parking.md: replaced, 1 passage\n');
    const text = (await cli.run(['knowledge', 'search', 'Where do guests park?', '--limit', '1'])).out;
    expect(text).toContain('level 5');
    expect(text).not.toContain('level 3');
    const listed = await cli.run(['knowledge', 'list', '--json']);
    expect(listed.rows<{ source: string }>().map((d) => d.source)).toContain('upload:parking.md');
    expect(await cli.run(['knowledge', 'remove', 'parking.md'])).toMatchObject({
      code: 0,
      words: 'upload:parking.md: removed\n',
    });
    const again = await cli.run(['knowledge', 'remove', 'parking.md']);
    expect(again).toMatchObject({ code: 1, words: expect.stringMatching(/^There is no document upload:parking\.md;/) });
  });

  it('says that nothing answers, which is no failure', async () => {
    const { code, out, words } = await cli.run(['knowledge', 'search', 'football match in Madrid']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(words).toContain('Nothing in the knowledge answers this.');
  });

  it('makes the documents equal to a folder and keeps those that were added', async () => {
    mkdirSync(join(cli.folder, 'documents'));
    file('documents/opening.md', '# Opening hours\n\nThe shop opens at 9 in the morning.\n');
    file('documents/table.xlsx', 'x');
    expect(
      (await cli.run(['knowledge', 'add', file('parking.md', '# Parking\n\nGuests park on level 5.\n')])).code,
    ).toBe(0);
    const { code, words, out } = await cli.run(['knowledge', 'sync', 'documents', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      added: ['opening.md', 'table.xlsx'],
      problems: [{ source: 'table.xlsx' }],
    });
    expect(words).toMatch(/1 added, .* \d+ removed/);
    expect(words).toMatch(/set DOCUMENTS_PATH=.*documents so that it keeps to this folder/);
    const sources = (await cli.run(['knowledge', 'list', '--json'])).rows<{ source: string }>().map((d) => d.source);
    expect(sources).toEqual(expect.arrayContaining(['opening.md', 'upload:parking.md']));
  });

  it('refuses what cannot be read in words', async () => {
    expect(await cli.run(['knowledge', 'add', 'nowhere.md'])).toMatchObject({
      code: 1,
      words: 'signalbox: There is no file nowhere.md.\n',
    });
    expect(await cli.run(['knowledge', 'add', file('x.odt', 'PK')])).toMatchObject({
      code: 1,
      words: expect.stringContaining('.html, .htm, .pdf and .docx are read'),
    });
    expect(await cli.run(['knowledge', 'add', file('x.pdf', '%PDF')])).toMatchObject({
      code: 1,
      words: expect.stringContaining('x.pdf cannot be taken in: It is called a PDF and holds none'),
    });
    expect(await cli.run(['knowledge', 'sync', 'nowhere'])).toMatchObject({
      code: 1,
      words: expect.stringMatching(/^signalbox: The folder of documents .*nowhere cannot be read/),
    });
  });
});
