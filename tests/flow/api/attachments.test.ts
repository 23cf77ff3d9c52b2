import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachmentTexts } from '../../../src/intake/index.ts';
import { type Database, openDatabase } from '../../../src/platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { makeDocx, makePdf } from '../../support/sample-documents.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

/** What customers send along: kept as it came, read once, shown, never served as a page. */
let own: TestDatabase;
let database: Database;
let server: TestServer;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { poolSize: 2 });
  server = await startTestServer({ DATABASE_URL: own.url });
});
afterAll(async () => {
  await server?.stop();
  await database.close();
  await own.drop();
});

interface Attachment {
  id: string;
  message_id: string | null;
  name: string;
  size: number;
  problem: string | null;
  text_length: number | null;
  text?: string | null;
}
type Ticket = { id: string; attachments: Attachment[] };

const file = (name: string, content_type: string, bytes: Buffer | string) => ({
  name,
  content_type,
  data_base64: Buffer.from(bytes as string).toString('base64'),
});
const ticket = (attachments: unknown, more: object = {}) => ({
  subject: 'Rechnung stimmt nicht',
  body: 'Bitte sehen Sie sich die Anlage an.',
  customer_email: 'kim@example.org',
  attachments,
  ...more,
});
const invoice = () =>
  makePdf([{ heading: 'Rechnung 4711', level: 1 }, { paragraph: 'Der Betrag von 89,00 € wurde zweimal abgebucht.' }]);
const read = async (id: string) => (await server.call<Ticket>('GET', `/tickets/${id}`)).body;
const page = '<script>alert(1)</script><p>Hallo</p>';

describe('attachments of a ticket', () => {
  it('are kept byte for byte, read once and listed with what could not be read', async () => {
    const pdf = await invoice();
    const picture = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const { status, body } = await server.call<Ticket>(
      'POST',
      '/tickets',
      ticket([
        file('Rechnung März.pdf', 'application/pdf', pdf),
        file('foto.png', 'image/png', picture),
        file('a.html', 'text/html', page),
        file('leer.txt', 'text/plain', ' '),
      ]),
    );
    expect(status).toBe(201);
    const { attachments } = await read(body.id);
    expect(attachments.map((a) => [a.name, a.size, a.message_id])).toEqual([
      ['Rechnung März.pdf', pdf.length, null],
      ['foto.png', picture.length, null],
      ['a.html', page.length, null],
      ['leer.txt', 1, null],
    ]);
    expect(attachments.map((a) => a.problem === null)).toEqual([true, false, true, false]);
    expect(attachments[1]?.problem).toMatch(/not read yet/);
    const [first, , html] = attachments;
    const one = (await server.call<Attachment>('GET', `/tickets/${body.id}/attachments/${first!.id}`)).body;
    expect(one.text).toBe('# Rechnung 4711\n\nDer Betrag von 89,00 € wurde zweimal abgebucht.\n');
    expect(one.text_length).toBe(one.text!.length);

    const content = await fetch(`${server.url}/tickets/${body.id}/attachments/${first!.id}/content`);
    expect(Buffer.from(await content.arrayBuffer()).equals(pdf)).toBe(true);
    expect(content.headers.get('content-disposition')).toBe(
      `attachment; filename="Rechnung M_rz.pdf"; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf`,
    );
    const asPage = await fetch(`${server.url}/tickets/${body.id}/attachments/${html!.id}/content`);
    expect(asPage.headers.get('content-type')).toBe('application/octet-stream');
    expect(asPage.headers.get('x-content-type-options')).toBe('nosniff');
    expect(asPage.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(await asPage.text()).toBe(page);

    const texts = await attachmentTexts(database.db, body.id, 15);
    expect(texts.map((t) => [t.name, t.text])).toEqual([
      ['Rechnung März.pdf', '# Rechnung 4711'],
      ['a.html', 'Hallo'],
    ]);
  });

  it('come with messages and questions too, once however often they are sent', async () => {
    const { body } = await server.call<Ticket>('POST', '/tickets', ticket(undefined));
    expect((await read(body.id)).attachments).toEqual([]);
    const message = {
      text: 'Hier der Vertrag.',
      author: 'customer',
      attachments: [
        file('vertrag.docx', 'application/octet-stream', await makeDocx([{ paragraph: 'Laufzeit ein Jahr.' }])),
      ],
    };
    const key = { 'idempotency-key': 'vertrag-1' };
    const sent = await server.call<{ id: string }>('POST', `/tickets/${body.id}/messages`, message, key);
    expect(sent.status).toBe(201);
    await server.call('POST', `/tickets/${body.id}/messages`, message, key);
    const { attachments } = await read(body.id);
    expect(attachments).toMatchObject([{ name: 'vertrag.docx', message_id: sent.body.id, problem: null }]);

    const asked = await server.call<{ ticket_id: string }>('POST', '/answer', {
      message: 'How long does a refund take?',
      attachments: [file('note.txt', 'text/plain', 'Paid by card.')],
    });
    expect((await read(asked.body.ticket_id)).attachments).toMatchObject([{ name: 'note.txt', text_length: 13 }]);
  });

  it('belong to what was sent under a client id: other files are another content', async () => {
    const send = (content: string) =>
      server.call<Ticket>('POST', '/tickets', ticket([file('a.txt', 'text/plain', content)], { ticket_id: 'C-1' }));
    const first = await send('one');
    expect((await send('one')).body.id).toBe(first.body.id);
    expect((await read(first.body.id)).attachments.length).toBe(1);
    expect(await send('two')).toMatchObject({ status: 409, body: { code: 'client-id-conflict' } });
  });

  it('are refused by number, size and form, and then nothing is stored', async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from intake.tickets`.execute(database.db)).rows[0]!.n;
    const before = await count();
    const small = file('a.txt', 'text/plain', 'x');
    const refused = async (attachments: unknown) => (await server.call('POST', '/tickets', ticket(attachments))).status;
    expect(await refused(Array.from({ length: 11 }, () => small))).toBe(422);
    expect(await refused([{ ...small, data_base64: '***' }])).toBe(422);
    expect(await refused([{ ...small, name: '' }])).toBe(422);
    expect(await refused([file('big.txt', 'text/plain', Buffer.alloc(26 * 1024 * 1024, 65))])).toBe(422);
    const two = file('big.txt', 'text/plain', Buffer.alloc(20 * 1024 * 1024, 65));
    expect(await refused([two, two])).toBe(413);
    expect(await count()).toBe(before);
  });

  it('are not found under another ticket', async () => {
    const [a, b] = await Promise.all([
      server.call<Ticket>('POST', '/tickets', ticket([file('a.txt', 'text/plain', 'x')])),
      server.call<Ticket>('POST', '/tickets', ticket(undefined)),
    ]);
    const [attachment] = (await read(a.body.id)).attachments;
    for (const end of ['', '/content'])
      expect((await server.call('GET', `/tickets/${b.body.id}/attachments/${attachment!.id}${end}`)).status).toBe(404);
  });
});
