import type { WebSocket } from '@fastify/websocket';
import type { FastifyBaseLogger } from 'fastify';
import { SignalboxError } from '../../ticket/index.ts';
import type { StreamReply } from '../contract/index.ts';
import type { Caller } from '../http/access.ts';
import { apartFor } from '../http/apart-for.ts';
import { presentRouted } from '../http/present.ts';
import { readStreamMessage, type StreamMessage } from '../http/read-stream-message.ts';
import type { StreamServices } from './stream-services.ts';

/** Tickets of one socket that are taken and not answered; with more the socket is read no further. */
const mostInHand = 500;
/** Bytes that a reader may be behind; with more nothing is read from it until it has caught up. */
const mostUnsent = 1024 * 1024;

const streamSockets = new WeakSet<object>();

/** Sockets of one server are in one list; those of the stream end in their own way. */
export const isStreamSocket = (socket: object): boolean => streamSockets.has(socket);

export interface StreamSocketOptions {
  readonly socket: WebSocket;
  readonly caller: Caller;
  readonly stream: StreamServices;
  readonly log: FastifyBaseLogger;
  /** Whether one more ticket may come now from this caller. */
  readonly mayTake: () => boolean;
}

/**
 * One socket of /stream. Each frame is answered by `received` and `classified`, or by an error; `received` is said when
 * the ticket is stored for good, so that a client need not send it again whatever becomes of the socket. Memory is
 * bounded by what is not read: a client that sends faster than tickets are stored, or reads slower than it sends, is not
 * read from, and TCP slows it down.
 */
export class StreamSocket {
  readonly #options: StreamSocketOptions;
  #inHand = 0;
  #closing = false;
  #idle: () => void = () => undefined;

  constructor(options: StreamSocketOptions) {
    this.#options = options;
    streamSockets.add(options.socket);
  }

  /** Reads no further, and resolves when everything that was taken is answered. */
  async finish(): Promise<void> {
    this.#closing = true;
    this.#options.socket.pause();
    if (this.#inHand > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
  }

  receive(text: string): void {
    // What was sent after the end was announced was never said to be received.
    if (this.#closing) return;
    const message = readStreamMessage(text);
    if (message.kind === 'problem') {
      this.#refuse({ ...message, code: null });
      return;
    }
    if (!this.#options.mayTake()) {
      this.#refuse({
        code: 'rate-limited',
        words: 'Too many tickets at once. This one was not stored; wait a moment and send it again.',
        clientId: message.clientId,
      });
      return;
    }
    this.#inHand++;
    this.#options.stream.sockets.taken(1);
    this.#holdBack();
    void this.#route(message).finally(() => {
      this.#inHand--;
      this.#options.stream.sockets.taken(-1);
      if (this.#inHand === 0) this.#idle();
      this.#readOn();
    });
  }

  async #route({ request, clientId }: Extract<StreamMessage, { kind: 'ticket' }>): Promise<void> {
    const { stream, caller, log } = this.#options;
    const started = performance.now();
    try {
      const result = apartFor(caller, presentRouted(await stream.route(request, caller.name)));
      const ticketId = clientId ?? result.ticket_id;
      this.#send({ status: 'received', ticket_id: ticketId, timestamp: new Date().toISOString() });
      this.#send({ status: 'classified', ticket_id: ticketId, result });
      stream.sockets.seen('classified', 1, performance.now() - started);
    } catch (error) {
      const known = error instanceof SignalboxError;
      if (!known) log.error({ err: error }, 'a ticket of a stream could not be stored');
      const words = known ? error.message : 'The ticket could not be stored. Send it again.';
      this.#refuse({ code: known ? error.code : 'internal', words, clientId });
    }
  }

  #refuse({ code, words, clientId }: { code: string | null; words: string; clientId: string | null }): void {
    this.#options.stream.sockets.seen('refused', 1, 0);
    this.#send({
      error: words,
      ...(code === null ? {} : { code }),
      ...(clientId === null ? {} : { ticket_id: clientId }),
    });
  }

  #send(reply: StreamReply): void {
    const { socket } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(reply), () => this.#readOn());
    this.#holdBack();
  }

  #isBehind(): boolean {
    return this.#inHand >= mostInHand || this.#options.socket.bufferedAmount > mostUnsent;
  }

  #holdBack(): void {
    if (this.#isBehind()) this.#options.socket.pause();
  }

  #readOn(): void {
    const { socket } = this.#options;
    if (socket.isPaused && !this.#closing && !this.#isBehind()) socket.resume();
  }
}
