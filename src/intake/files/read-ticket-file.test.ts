import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileRow, openTicketFile, type TicketFileOptions } from './read-ticket-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function file(content: string | Uint8Array, name = 'tickets.csv'): string {
  const path = join(folder, `${++made}-${name}`);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(
  content: string | Uint8Array,
  options: TicketFileOptions = {},
  name?: string,
): Promise<FileRow[]> {
  const opened = await openTicketFile(file(content, name), options);
  const rows: FileRow[] = [];
  for await (const row of opened.rows()) rows.push(row);
  return rows;
}

const short = (rows: readonly FileRow[]) =>
  rows.map((row) =>
    row.kind === 'bad' ? `${row.row}@${row.line}: ${row.problem}` : [row.request.subject, row.request.body],
  );

describe('columns', () => {
  it.each([
    ['subject,body', 'Rechnung,Zu hoch', ['Rechnung', 'Zu hoch']],
    ['ticket_id,customer_message,category', 'T1,Hello,Billing', ['', 'Hello']],
    ['text,category', 'Hello,Billing', ['', 'Hello']],
    ['ticket_id,Document,Topic_group', '1,hello,Hardware', ['', 'hello']],
    ['utterance,intent', 'hello,greet', ['', 'hello']],
    ['Betreff;Nachricht;Kategorie', 'Hallo;Wie geht es?;X', ['Hallo', 'Wie geht es?']],
    ['Title,Description', 'Hello,There', ['Hello', 'There']],
    ['subject,queue', 'Only this,X', ['', 'Only this']],
  ])('knows %s', async (header, row, expected) => {
    expect(short(await rowsOf(`${header}\n${row}\n`))).toEqual([expected]);
  });

  it('hands on ids, address, channel and what the file says the ticket is', async () => {
    const text = 'id,email,channel,queue,priority,language,body\n7,a@b.example,mail,Billing,high,de,Hello\n';
    const [row] = await rowsOf(text);
    expect(row).toMatchObject({
      row: 1,
      line: 2,
      request: { clientTicketId: '7', customerEmail: 'a@b.example', channel: 'mail', priority: undefined },
      expected: { category: 'Billing', priority: 'high', language: 'de' },
    });
    expect((row as { request: object }).request).toHaveProperty('language', undefined);
  });

  it('takes priority and language as said only when asked to', async () => {
    const text = 'body,priority,language\nHello,critical,de\nHello,urgent,en\nHallo,,French\n';
    const rows = await rowsOf(text, { believe: ['priority', 'language'] });
    expect(rows[0]).toMatchObject({ request: { priority: 'critical', language: 'de' } });
    expect(rows[1]).toMatchObject({ kind: 'bad', problem: expect.stringContaining('priority must be one of') });
    expect(rows[2]).toMatchObject({ request: { priority: undefined, language: undefined } });
  });

  it('takes other columns by name: one is the body, of several the first is the subject', async () => {
    const text = 'email,Title,Long text,extra\nnot an address,T,L,E\n';
    expect(short(await rowsOf(text, { text: ['email'] }))).toEqual([['', 'not an address']]);
    const [row] = await rowsOf('Title,Long text,extra\nT,L,E\n', { text: ['title', 'long_text', 'extra'] });
    expect(row).toMatchObject({ request: { subject: 'T', body: 'L\n\nE' } });
  });

  it.each([
    ['one line', 'My invoice is wrong\n', /is neither CSV, JSON nor JSON lines/],
    ['one word', 'text\n', /is neither CSV, JSON nor JSON lines/],
    [
      'several lines',
      'My invoice is wrong.\nPlease mend it, soon.\n',
      /neither .* its first line is "My invoice is wrong\."/,
    ],
    ['lines with commas', 'Hello, my invoice is wrong.\nThanks\n', /is neither CSV, JSON nor JSON lines/],
    ['one line with a comma', 'My invoice is wrong, please mend it', /is neither CSV, JSON nor JSON lines/],
    ['a number', '5', /is neither CSV, JSON nor JSON lines/],
    ['blank lines', '\n \n\n', /is neither CSV, JSON nor JSON lines/],
  ])('refuses %s of plain text as no table', async (_, text, words) => {
    await expect(rowsOf(text, {}, 'x.txt')).rejects.toThrow(words);
  });

  it('takes a table without rows for one', async () => {
    expect(await rowsOf('subject,body\n')).toEqual([]);
    expect(await rowsOf('[]')).toEqual([]);
    await expect(rowsOf('sentence1,label\n')).rejects.toThrow(/Its columns are: sentence1, label/);
    await expect(rowsOf('body,label\n', { keep: ['queue'] })).rejects.toThrow(/no column "queue"/);
  });

  it('names the columns it found when no text is among them, or one that was asked for is missing', async () => {
    await expect(rowsOf('sentence1,label\nx,1\n')).rejects.toThrow(
      /Its columns are: sentence1, label\. .*--text COLUMN/,
    );
    await expect(rowsOf('body,label\nx,1\n', { keep: ['queue'] })).rejects.toThrow(/no column "queue".*body, label/);
    await expect(rowsOf('body,label\nx,1\n', { text: ['nope'] })).rejects.toThrow(/no column "nope"/);
    const twice = 'body,label,label\nx,1,2\n';
    await expect(rowsOf(twice, { keep: ['label'] })).rejects.toThrow(/2 columns named "label"/);
    expect(short(await rowsOf(twice))).toEqual([['', 'x']]);
  });
});

describe('rows', () => {
  it('keeps numbers and lines past bad rows, with the limits of the HTTP interface', async () => {
    const text = [
      'subject,body,email,ticket_id',
      'ok,first,,',
      ',,,',
      `${'s'.repeat(501)},x,,`,
      `ok,${'b'.repeat(20_001)},,`,
      'ok,x,no address,',
      `ok,x,,${'i'.repeat(201)}`,
      'ok,"a\u0000b",,',
      'ragged,row',
      '  ok  ,  last  ,,',
    ].join('\n');
    expect(short(await rowsOf(text))).toEqual([
      ['ok', 'first'],
      '2@3: there is no text in it',
      '3@4: subject is longer than 500 characters',
      '4@5: body is longer than 20,000 characters',
      '5@6: email must be an e-mail address',
      '6@7: ticket_id is longer than 200 characters',
      '7@8: body contains a NUL character, which cannot be stored',
      '8@9: 2 fields, but the header has 4',
      ['ok', 'last'],
    ]);
  });

  it('writes \\n of published CSV files as line breaks, and leaves paths alone', async () => {
    const text = 'body\n"Dear team,\\n\\nI saw C:\\new and \\\\server\\north.\\r\\nBye"\n';
    expect(short(await rowsOf(text))).toEqual([['', 'Dear team,\n\nI saw C:\\new and \\\\server\\north.\nBye']]);
    expect(short(await rowsOf('{"body": "a\\\\nb"}', {}, 'x.jsonl'))).toEqual([['', 'a\\nb']]);
  });

  it('gives a row the key of its content, so that packing it anew changes nothing', async () => {
    const text = 'body\nfirst\nsecond\n';
    const keys = async (content: string | Uint8Array) =>
      (await rowsOf(content)).map((row) => (row.kind === 'ticket' ? row.request.sourceKey : null));
    const plain = await keys(text);
    expect(plain[1]).toMatch(/^file:[0-9a-f]{64}:2$/);
    expect(await keys(gzipSync(text))).toEqual(plain);
    expect(await keys(text.replace('first', 'other'))).not.toEqual(plain);
  });
});

describe('JSON', () => {
  const tickets = [
    { subject: 'A', body: 'one', ticket_id: 5, metadata: { source: 'form' } },
    { subject: 'B' },
    { subject: 'C', body: 7, ticket_id: 9 },
    { subject: 8, body: 'two' },
    { subject: 'D', body: ['x'] },
    { other: 'x' },
    { subject: 'E', body: 'half \ud800 pair' },
  ];
  const expected = [
    ['A', 'one'],
    ['', 'B'],
    expect.stringMatching(/^3@\d+: body must be a string$/),
    expect.stringMatching(/^4@\d+: subject must be a string$/),
    expect.stringMatching(/^5@\d+: body must be a string$/),
    expect.stringMatching(/^6@\d+: no text in it; its fields are other$/),
    expect.stringMatching(/^7@\d+: body contains half of a surrogate pair/),
  ];

  it.each([
    ['a list', JSON.stringify(tickets, null, 2)],
    ['an object with tickets', JSON.stringify({ tickets })],
    ['an object with tickets over several lines', JSON.stringify({ made: 'x', tickets }, null, 2)],
    ['one object a line', tickets.map((t) => JSON.stringify(t)).join('\n')],
  ])('reads %s, whatever the name says', async (_, text) => {
    expect(short(await rowsOf(text))).toEqual(expected);
    expect(short(await rowsOf(gzipSync(text), {}, 'tickets.txt'))).toEqual(expected);
  });

  it('takes metadata with the limits of the HTTP interface', async () => {
    const lines = [{ source: 'form' }, 'text', { deep: {} }, { long: 'x'.repeat(2_001) }]
      .map((metadata) => JSON.stringify({ body: 'x', metadata }))
      .join('\n');
    const rows = await rowsOf(lines);
    expect(rows[0]).toMatchObject({ request: { metadata: { source: 'form' } } });
    expect(rows.slice(1).map((row) => row.kind)).toEqual(['bad', 'bad', 'bad']);
  });

  it('knows a file of lines whose first line is broken', async () => {
    expect(short(await rowsOf('{"body": oops}\n{"body": "fine"}\n'))).toEqual(['1@1: not valid JSON', ['', 'fine']]);
  });
});

describe('encodings', () => {
  const text = 'Betreff;Nachricht\nGrüße;"Die Rechnung über 5 € ist falsch – bitte prüfen"\n';
  const expected = [['Grüße', 'Die Rechnung über 5 € ist falsch – bitte prüfen']];
  const utf16 = Buffer.from(text, 'utf16le');
  const windows = Buffer.from(text.replaceAll('€', '\x80').replaceAll('–', '\x96'), 'latin1');

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'utf-16le'],
    ['UTF-16 without', utf16, 'utf-16le'],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), 'utf-16be'],
    ['Windows-1252', windows, 'windows-1252'],
    [
      'Windows-1252 far behind',
      Buffer.concat([Buffer.from('Betreff;Nachricht\n'), windows.subarray(18)]),
      'windows-1252',
    ],
  ])('knows %s', async (_, bytes, encoding) => {
    for (const content of [bytes, gzipSync(bytes)]) {
      expect(short(await rowsOf(content))).toEqual(expected);
      expect((await openTicketFile(file(content))).encoding).toBe(encoding);
    }
  });

  it.each([
    ['nothing in it', new Uint8Array(), /is empty/],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), /Excel workbook.*CSV/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /binary/],
    [
      'Cyrillic in eight bits',
      Buffer.from('body\n\xcf\xf0\xe8\xe2\xe5\xf2 \xcc\xe8\xf0 \xcf\xee\xea\xe0\n', 'latin1'),
      /neither UTF-8 nor Windows-1252/,
    ],
    [
      'broken UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from([0x00, 0xd8, 0x41, 0x00])]),
      /not valid UTF-16/,
    ],
  ])('refuses %s in words', async (_, bytes, words) => {
    await expect(rowsOf(bytes)).rejects.toThrow(words);
  });

  it('says of a .gz that is cut or damaged so, before any row', async () => {
    const whole = gzipSync(`body\n${Array.from({ length: 5_000 }, (_, i) => `row ${i * 7919}`).join('\n')}\n`);
    await expect(rowsOf(whole.subarray(0, whole.length - 100))).rejects.toThrow(/cut off.*zcat/);
    await expect(rowsOf(Buffer.concat([whole.subarray(0, 200), Buffer.alloc(300, 7)]))).rejects.toThrow(
      /damaged|cut off/,
    );
  });

  it('tells of a file that is not there, and of a folder', async () => {
    await expect(openTicketFile(join(folder, 'nowhere.csv'))).rejects.toThrow(/There is no file .*nowhere\.csv/);
    await expect(openTicketFile(folder)).rejects.toThrow(/is a folder/);
  });
});

describe('labels', () => {
  it('that look the same are the same, however the file writes umlauts', async () => {
    const rows = await rowsOf(`body,label\na,Rückgabe\nb,${'Rückgabe'.normalize('NFD')}\n`, { keep: ['label'] });
    const labels = rows.map((row) => row.kind === 'ticket' && row.kept['label']);
    expect(labels).toEqual(['Rückgabe', 'Rückgabe'].map((label) => label.normalize('NFC')));
  });
});
