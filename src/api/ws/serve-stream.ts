import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SignalboxError } from '../../ticket/index.ts';
import { type AccessSettings, authenticate, refuseForeignOrigin } from '../http/access.ts';
import { borrowKey } from './borrow-key.ts';
import { keepAlive } from './keep-alive.ts';
import { createRateBuckets } from './rate-bucket.ts';
import type { StreamServices } from './stream-services.ts';
import { StreamSocket } from './stream-socket.ts';

/**
 * WS /stream: a frame for each ticket, answered in any order. A key comes in the header or as a subprotocol
 * (`signalbox`, `key.<key>`). Who is refused gets an HTTP status instead of the upgrade.
 */
export interface StreamServing {
  readonly stream: StreamServices;
  readonly access: AccessSettings;
}

const restart = 1012;
/** Milliseconds that a stop waits for what was taken. */
const grace = 8_000;
/** Tickets of one key of a customer, over all its sockets; those of agents and of this machine are slowed by TCP alone. */
const customerRate = { capacity: 600, perSecond: 20 };

/** To be called after serveChat, which registers the WebSocket server. */
export function serveStream(server: FastifyInstance, { stream, access }: StreamServing): void {
  const open = new Map<WebSocket, StreamSocket>();
  const buckets = createRateBuckets(customerRate);
  let stopping = false;
  server.addHook('preClose', async () => {
    stopping = true;
    const finished = Promise.all([...open.values()].map((socket) => socket.finish()));
    await Promise.race([finished, wait(grace, undefined, { ref: false })]);
    for (const socket of open.keys()) endSocket(socket);
  });
  server.route({
    method: 'GET',
    url: '/stream',
    schema: { hide: true },
    onRequest: async (request) => {
      refuseForeignOrigin(request);
      borrowKey(request);
      request.caller = await authenticate(request, 'customer', access);
    },
    handler: () => {
      throw new SignalboxError(
        'not-found',
        'This address speaks WebSocket: connect with ws://. Over HTTP use POST /route.',
      );
    },
    wsHandler: (socket, request) => {
      if (stopping) return socket.terminate();
      const { caller } = request;
      const mayTake = () => caller.scope !== 'customer' || buckets.take(caller.name, performance.now());
      open.set(socket, attend(socket, request, { stream, mayTake }));
      socket.on('close', () => void open.delete(socket));
    },
  });
}

function endSocket(socket: WebSocket): void {
  // Paused, the answer of the client to the end would never be read.
  if (socket.isPaused) socket.resume();
  socket.close(restart, 'The server restarts; send again what was not received.');
  setTimeout(() => socket.terminate(), 1_000).unref();
}

function attend(
  socket: WebSocket,
  request: FastifyRequest,
  { stream, mayTake }: { stream: StreamServices; mayTake: () => boolean },
): StreamSocket {
  const { caller, log } = request;
  const taking = new StreamSocket({ socket, caller, stream, log, mayTake });
  stream.sockets.connected(1);
  const stopPinging = keepAlive(socket);
  socket.on('message', (data, isBinary) => {
    // Bytes are no JSON text; read as such they are answered with what is wrong.
    taking.receive(isBinary ? '' : String(data));
  });
  socket.on('close', () => {
    stopPinging();
    stream.sockets.connected(-1);
  });
  return taking;
}
