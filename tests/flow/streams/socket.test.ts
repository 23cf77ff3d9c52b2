import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, startServerProcess } from '../../support/server-process.ts';

interface Frame {
  readonly status?: 'received' | 'classified';
  readonly ticket_id?: string;
  readonly error?: string;
  readonly code?: string;
  readonly result?: { readonly ticket_id: string; readonly category: string; readonly language: string };
}

async function open(url: string, protocols: string[] = []) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/stream`, protocols);
  const frames: Frame[] = [];
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data)) as Frame));
  const closed = new Promise<{ code: number }>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve({ code }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('refused')));
  });
  const of = (status: Frame['status']) => frames.filter((frame) => frame.status === status);
  return { socket, frames, closed, of, send: (frame: object) => socket.send(JSON.stringify(frame)) };
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 120_000);
afterAll(() => server?.stop());

describe('WS /stream', () => {
  it('answers each frame with received and classified, in both languages, under the id of the client', async () => {
    const client = await open(server.url);
    client.send({
      customer_message: 'I was charged twice for my order',
      ticket_id: 'S-1',
      customer_id: 'jo@example.com',
    });
    client.send({ customer_message: 'Die App stürzt beim Start ab', ticket_id: 'S-2', metadata: { shop: 'north' } });
    client.send({ subject: 'Invoice', body: 'Where do I find it?', ticket_id: 'S-3' });
    await expect.poll(() => client.of('classified').length, { timeout: 20_000 }).toBe(3);
    for (const id of ['S-1', 'S-2', 'S-3'])
      expect(client.frames.filter((f) => f.ticket_id === id).map((f) => f.status)).toEqual(['received', 'classified']);
    const result = (id: string) => client.of('classified').find((f) => f.ticket_id === id)!.result!;
    expect(result('S-1')).toMatchObject({ category: 'Billing', language: 'en' });
    expect(result('S-2')).toMatchObject({ category: 'Bug', language: 'de' });
    const { body } = await server.call('GET', `/tickets/${result('S-1').ticket_id}`);
    expect(body).toMatchObject({ customer_email: 'jo@example.com', channel: 'stream', client_ticket_id: 'S-1' });
    client.socket.close();
  });

  it('says what is wrong in the words of the contract, and the socket stays open', async () => {
    const client = await open(server.url);
    client.socket.send('no json');
    client.socket.send(new Uint8Array([123, 125]));
    client.send({ ticket_id: 'S-9' });
    client.socket.send('[]');
    client.send({ customer_message: '   ', ticket_id: 'S-10' });
    client.send({ customer_message: 'Other words', ticket_id: 'S-1' });
    client.send({ customer_message: 'Where is my refund?', ticket_id: 'S-11' });
    await expect.poll(() => client.of('classified').length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => client.frames.length).toBe(8);
    const errors = client.frames.filter((f) => f.error !== undefined);
    expect(errors).toContainEqual({ error: 'Invalid JSON format' });
    expect(errors).toContainEqual({ error: "Missing required field: 'customer_message'" });
    expect(errors).toContainEqual({ error: "Missing required field: 'customer_message'", ticket_id: 'S-9' });
    expect(errors.find((f) => f.ticket_id === 'S-10')?.error).toMatch(/customer_message is empty/);
    expect(errors.find((f) => f.ticket_id === 'S-1')).toMatchObject({ code: 'client-id-conflict' });
    client.socket.close();
  });

  it('takes 2,000 frames at once, loses none, and holds no more than it may in hand', async () => {
    const client = await open(server.url);
    for (let i = 0; i < 2_000; i++)
      client.send({ customer_message: `My order ${i} has not arrived`, ticket_id: `B-${i}` });
    let most = 0;
    const look = async () => {
      const { body } = await server.call<{ streams: { waiting: number }[] }>('GET', '/streams');
      most = Math.max(most, body.streams[0]!.waiting);
      return client.of('classified').length;
    };
    await expect.poll(look, { timeout: 90_000, interval: 20 }).toBe(2_000);
    expect(new Set(client.of('classified').map((f) => f.ticket_id)).size).toBe(2_000);
    // One chunk of the socket may be read beyond the limit before it is held back.
    expect(most).toBeLessThan(500 + 1_000);
    client.socket.close();
  }, 120_000);

  it('reads no further from who does not read, and keeps what was received', async () => {
    const { hostname, port } = new URL(server.url);
    const raw = connect(Number(port), hostname);
    raw.write(
      `GET /stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    await once(raw, 'data');
    raw.pause();
    // 30,000 answers are some 30 MB: more than both sockets and our own limit take.
    const text = (i: number) => JSON.stringify({ ticket_id: `N-${i}` });
    let sent = 0;
    const blocked = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), 8_000);
      const more = (): void => {
        while (sent < 400_000) {
          if (raw.write(frameOf(text(sent++)))) continue;
          raw.once('drain', more);
          return;
        }
        clearTimeout(timer);
        resolve(false);
      };
      more();
    });
    expect(blocked).toBe(true);
    // Others are served meanwhile.
    const other = await open(server.url);
    other.send({ customer_message: 'Is anybody there?', ticket_id: 'N-other' });
    await expect.poll(() => other.of('classified').length, { timeout: 20_000 }).toBe(1);
    other.socket.close();
    raw.destroy();
  }, 60_000);

  it('asks for a key where keys are asked for', async () => {
    const closedServer = await startTestServer({ HOST: '0.0.0.0', SIGNALBOX_ADMIN_KEY: 'a-key-of-sixteen-letters' });
    const url = closedServer.url.replace('0.0.0.0', '127.0.0.1');
    try {
      await expect(open(url)).rejects.toThrow('refused');
      await expect(open(url, ['signalbox', 'key.not-the-right-one'])).rejects.toThrow('refused');
      const client = await open(url, ['signalbox', 'key.a-key-of-sixteen-letters']);
      client.send({ customer_message: 'Hello?', ticket_id: 'key' });
      await expect.poll(() => client.of('classified').length, { timeout: 20_000 }).toBe(1);
      client.socket.close();
    } finally {
      await closedServer.stop();
    }
  }, 60_000);

  it('answers what was taken before it stops, with 1012', async () => {
    const stopping = await startTestServer();
    const client = await open(stopping.url);
    for (let i = 0; i < 200; i++) client.send({ customer_message: `Invoice ${i} is wrong`, ticket_id: `E-${i}` });
    await expect.poll(() => client.of('classified').length, { timeout: 20_000 }).toBeGreaterThan(0);
    await stopping.stop();
    expect((await client.closed).code).toBe(1012);
    const received = client.of('received').map((f) => f.ticket_id);
    const classified = client.of('classified').map((f) => f.ticket_id);
    expect(classified.toSorted()).toEqual(received.toSorted());
  }, 60_000);

  it('has stored whatever it said it received when it is killed', async () => {
    const database = await createTestDatabase();
    const folder = temporaryFolder();
    lendStarterModel(folder.path);
    const victim = await startServerProcess({ DATABASE_URL: database.url, SIGNALBOX_DATA: folder.path });
    const client = await open(victim.url);
    for (let i = 0; i < 1_000; i++) client.send({ customer_message: `The app crashed, ${i}`, ticket_id: `X-${i}` });
    await expect.poll(() => client.of('received').length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(50);
    await victim.kill('SIGKILL');
    await client.closed;
    const received = client.of('received').map((f) => f.ticket_id!);
    const db = new pg.Client({ connectionString: database.url });
    await db.connect();
    const { rows } = await db.query<{ id: string }>('select client_ticket_id id from intake.tickets');
    await db.end();
    const stored = new Set(rows.map((row) => row.id));
    expect(received.filter((id) => !stored.has(id))).toEqual([]);
    expect(rows).toHaveLength(stored.size);
    folder.remove();
    await database.drop();
  }, 90_000);
});

/** A text frame as a client sends it, masked with zeros. */
function frameOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}
