import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createPoster, type Post } from './post-to-receiver.ts';

/** A server that says what it likes once something was sent to it. @returns its port */
async function say(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => behave(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const post = (port: number, more: Partial<Post> = {}) =>
  createPoster({ allowPrivate: true, timeoutMs: 1_500 })({
    url: `http://127.0.0.1:${port}/`,
    headers: {},
    body: '{}',
    signal: new AbortController().signal,
    now: new Date(0),
    ...more,
  });

it('a receiver that wants to speak another protocol has answered, and holds nothing up', async () => {
  const port = await say((socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
  );
  expect(await post(port)).toMatchObject({ kind: 'answered', status: 101 });
});

it('a receiver that only ever says that it goes on is given up', async () => {
  const port = await say((socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n'));
  expect(await post(port)).toEqual({ kind: 'failed', error: 'no answer within 1.5 s' });
});

it('what is ended from outside ends at once, also when the receiver has said nothing', async () => {
  const stopping = new AbortController();
  const port = await say(() => stopping.abort());
  await expect(post(port, { signal: stopping.signal })).rejects.toThrow();
});
