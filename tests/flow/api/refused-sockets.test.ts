import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startTestServer } from '../../support/server.ts';

it('who is refused a socket is let go: a connection that stays would never be closed, nor would the server', async () => {
  const server = await startTestServer();
  const { port, host } = new URL(server.url);
  for (const path of ['/stream', '/ws/a-session']) {
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    const ended = once(socket, 'end');
    let said = '';
    socket.on('data', (data) => {
      said += data;
    });
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: https://evil.example\r\n\r\n`,
    );
    await ended;
    expect(said).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  }
  await server.stop();
}, 30_000);
