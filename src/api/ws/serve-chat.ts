import websocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Session } from '../../intake/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import { sessionId } from '../contract/index.ts';
import { type AccessSettings, authenticate, refuseForeignOrigin } from '../http/access.ts';
import type { ChatServices } from '../http/chat-services.ts';
import { borrowKey, protocolValue } from './borrow-key.ts';
import { ChatSocket } from './chat-socket.ts';
import { createRateBuckets } from './rate-bucket.ts';
import { isStreamSocket } from './stream-socket.ts';

/**
 * WS /ws/{session_id}?customer_id=&token=&since=
 *
 * The token may also come as a subprotocol (`signalbox`, `token.<token>`), and so may a key (`key.<key>`), because pages
 * cannot set headers on a socket. Who is refused gets an HTTP status instead of the upgrade.
 */
export interface ChatServing {
  readonly chat: ChatServices;
  readonly access: AccessSettings;
}

/** Bytes of a frame. The longest message has 20 KB in plain letters, 60 in those of three bytes. */
const largestFrame = 64 * 1024;
const pingSeconds = 30;
const socketsPerSession = 20;
/** Messages of one customer, over all sockets and sessions: a second socket must not be a second allowance. */
const rate = { capacity: 20, perSecond: 2 };
const closing = { restart: 1012, tooLarge: 1009, tooMany: 1013 } as const;

const query = z.object({
  customer_id: z.string().trim().min(1).max(200).optional(),
  token: z.string().min(1).max(2_000).optional(),
  since: z.string().max(40).optional(),
});

interface Admitted {
  readonly session: Session;
  readonly token: string | null;
  readonly place: number;
  /** Words for the client about what it asked and did not get. */
  readonly problem: string | null;
}

export async function serveChat(server: FastifyInstance, { chat, access }: ChatServing): Promise<void> {
  const crowd: Crowd = { sockets: new Map(), buckets: createRateBuckets(rate) };
  let stopping = false;
  await server.register(websocket, {
    options: {
      // Well above our own limit, which closes with a reason; beyond this one the connection is cut without reading on.
      maxPayload: 16 * largestFrame,
      handleProtocols: (offered: Set<string>) => (offered.has('signalbox') ? 'signalbox' : false),
    },
    // ws has closed already with the code that fits (1009, 1007); the client gets a moment to read it.
    errorHandler(error, socket, request) {
      request.log.info({ code: (error as { code?: string }).code }, 'a socket broke');
      setTimeout(() => socket.terminate(), 1_000).unref();
    },
    preClose(done) {
      stopping = true;
      chat.release();
      for (const client of this.websocketServer.clients) {
        // Those of the ticket stream answer first what they have taken.
        if (isStreamSocket(client)) continue;
        client.close(closing.restart, 'The server restarts; connect again with ?since=<id of the last message>.');
        setTimeout(() => client.terminate(), 1_000).unref();
      }
      done();
    },
  });
  // A connection that asked for an upgrade is no longer the HTTP server's: who is refused would stay connected for ever.
  server.addHook('onResponse', (request, reply, done) => {
    if (request.ws && reply.statusCode >= 400) request.raw.socket.destroySoon();
    done();
  });
  server.decorateRequest('admitted');
  server.route({
    method: 'GET',
    url: '/ws/:session_id',
    schema: { hide: true },
    onRequest: async (request) => {
      refuseForeignOrigin(request);
      borrowKey(request);
      request.caller = await authenticate(request, 'public', access);
    },
    preHandler: async (request) => {
      if (request.ws) request.admitted = await admit(chat, request);
    },
    handler: () => {
      throw new SignalboxError(
        'not-found',
        'This address speaks WebSocket: connect with ws://. Over HTTP use POST /chat.',
      );
    },
    wsHandler: (socket, request) => {
      // Who comes back while the server stops would hold it until its next ping.
      if (stopping) return socket.terminate();
      attend(socket, request, { chat, crowd });
    },
  });
}

/** Who may come in, and what they have missed. @throws `forbidden`, `unauthenticated`, `invalid-fields` */
async function admit(chat: ChatServices, request: FastifyRequest): Promise<Admitted> {
  const id = sessionId.safeParse((request.params as { session_id?: unknown }).session_id);
  if (!id.success) throw new SignalboxError('invalid-fields', `${id.error.issues[0]?.message ?? 'not valid'}.`);
  const asked = query.safeParse(request.query);
  if (!asked.success)
    throw new SignalboxError('invalid-fields', 'customer_id, token and since may be given, each once and not empty.');
  const { customer_id: customerId, token = protocolValue(request, 'token.'), since } = asked.data;
  const { session, token: given } = await chat.enter(
    { sessionId: id.data, token, caller: request.caller },
    { customerId },
  );
  const place = await placeOf(chat, session.id, since);
  return {
    session,
    token: given,
    place: place ?? (await chat.place(session.id, 'newest')) ?? 0,
    problem: place === null && since !== undefined ? `There is no message ${since} in this session.` : null,
  };
}

const uuid = z.uuid();

/** `since=0` asks for everything from the beginning; without it only what nobody took yet is sent. */
async function placeOf(chat: ChatServices, session: string, since: string | undefined): Promise<number | null> {
  if (since === undefined) return null;
  if (since === '0') return 0;
  return uuid.safeParse(since).success ? chat.place(session, since) : null;
}

/** Who is connected to this process. */
interface Crowd {
  readonly sockets: Map<string, Set<ChatSocket>>;
  readonly buckets: ReturnType<typeof createRateBuckets>;
}

function attend(
  socket: WebSocket,
  request: FastifyRequest,
  { chat, crowd: { sockets, buckets } }: { chat: ChatServices; crowd: Crowd },
): void {
  const { session, token, place, problem } = request.admitted;
  const of = sockets.get(session.id) ?? new Set();
  if (of.size >= socketsPerSession) {
    socket.close(closing.tooMany, `A session may have ${socketsPerSession} sockets.`);
    return;
  }
  sockets.set(session.id, of);
  const onTyping = (ticketId: string) => {
    for (const other of of) other.showAnswering(ticketId);
  };
  const { caller, log } = request;
  const mayTake = () => buckets.take(session.customer_id, performance.now());
  const chatSocket = new ChatSocket({ socket, session, caller, chat, log, place, mayTake, onTyping });
  of.add(chatSocket);
  const stopPinging = keepAlive(socket);
  socket.on('message', (data, isBinary) => receive(socket, chatSocket, { data, isBinary }));
  socket.on('close', () => {
    stopPinging();
    chatSocket.stop();
    of.delete(chatSocket);
    if (of.size === 0 && sockets.get(session.id) === of) sockets.delete(session.id);
  });
  if (token !== null)
    chatSocket.send({ type: 'session', session_id: session.id, customer_id: session.customer_id, token });
  if (problem !== null) chatSocket.tell(problem);
  chatSocket.look();
}

function receive(
  socket: WebSocket,
  chatSocket: ChatSocket,
  { data, isBinary }: { data: Buffer | ArrayBuffer | Buffer[]; isBinary: boolean },
): void {
  if (socket.readyState !== socket.OPEN) return;
  const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
  if (bytes.length > largestFrame) {
    socket.close(closing.tooLarge, `A frame may have ${largestFrame / 1024} KB.`);
    return;
  }
  // Bytes are no JSON text; read as such they are answered with what to send instead.
  chatSocket.receive(isBinary ? '' : bytes.toString('utf8'));
}

/** A connection that answers no ping is gone, whatever TCP thinks. @returns the end of it */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingSeconds * 1000).unref();
  return () => clearInterval(timer);
}

declare module 'fastify' {
  interface FastifyRequest {
    admitted: Admitted;
  }
}
