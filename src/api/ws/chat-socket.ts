import type { WebSocket } from '@fastify/websocket';
import type { FastifyBaseLogger } from 'fastify';
import type { Session, SessionMessage } from '../../intake/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { Caller } from '../http/access.ts';
import type { ChatServices, Standing } from '../http/chat-services.ts';
import { type ChatFrame, errorFrame, messageFrame } from './chat-frames.ts';
import { readFrame } from './read-frame.ts';

/** Bytes that a reader may be behind before it is dropped: it comes back with ?since= and has missed nothing. */
const mostUnsent = 1024 * 1024;
/** Messages that wait to be stored; more at once is no person. */
const mostWaiting = 50;
/** Frames refused in a row after which the socket is closed: an answer to each would cost as much as a message. */
const mostRefused = 100;
const tooMany = 1008;
/** Ids remembered so that nothing is sent twice; beyond it the older half is told by its place alone. */
const mostRemembered = 400;

export interface ChatSocketOptions {
  readonly socket: WebSocket;
  readonly session: Session;
  readonly caller: Caller;
  readonly chat: ChatServices;
  readonly log: FastifyBaseLogger;
  /** Everything up to this place is known to the client. */
  readonly place: number;
  /** Whether one more message may come now from whose session it is. */
  readonly mayTake: () => boolean;
  /** Tells all sockets of the session in this process that the machine is at it. */
  readonly onTyping: (ticketId: string) => void;
}

/**
 * One socket of a session. It holds no state that matters: what is said stands in the database, and the place and the
 * ids sent tell what this client has. Incoming frames are handled one after the other, in their order; replies are read
 * anew whenever the session is woken, by this process or by another.
 */
export class ChatSocket {
  readonly #options: ChatSocketOptions;
  readonly #sent = new Map<string, number>();
  readonly #unsubscribe: () => void;
  #place: number;
  #ticketId: string | null;
  #typing = false;
  #begun = false;
  #askedAt: number | null = null;
  #waiting = 0;
  #refused = 0;
  #incoming: Promise<void> = Promise.resolve();
  #looking = false;
  #lookAgain = false;

  constructor(options: ChatSocketOptions) {
    this.#options = options;
    this.#place = options.place;
    this.#ticketId = options.session.ticket_id;
    this.#unsubscribe = options.chat.subscribe(options.session.id, () => this.look());
  }

  send(frame: ChatFrame, taken?: () => void): void {
    const { socket } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > mostUnsent) {
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(frame), (error) => {
      if (error == null) taken?.();
    });
  }

  tell(words: string): void {
    this.send(errorFrame(words, new Date()));
  }

  showTyping(status = true): void {
    if (this.#typing === status) return;
    this.#typing = status;
    this.send({ type: 'typing', status });
  }

  /** The machine is at this ticket, which another socket of the session may have opened. */
  showAnswering(ticketId: string): void {
    this.#ticketId = ticketId;
    this.showTyping();
  }

  stop(): void {
    this.#unsubscribe();
  }

  receive(data: string): void {
    // What cannot be read counts too: it is answered as well.
    if (this.#waiting >= mostWaiting || !this.#options.mayTake()) {
      this.#refuse();
      return;
    }
    this.#refused = 0;
    const frame = readFrame(data);
    if (frame.kind === 'problem') this.tell(frame.words);
    if (frame.kind !== 'message') return;
    this.#waiting++;
    this.#incoming = this.#incoming
      .then(() => this.#say(frame.text))
      .finally(() => {
        this.#waiting--;
      });
  }

  #refuse(): void {
    this.#refused++;
    if (this.#refused > mostRefused) this.#options.socket.close(tooMany, 'Too many messages at once. Come back later.');
    else this.tell('Too many messages at once. This one was not stored; wait a moment and send it again.');
  }

  async #say(text: string): Promise<void> {
    const { chat, session, caller, log, onTyping } = this.#options;
    try {
      const said = await chat.say(session, { text, actor: caller.name });
      this.#ticketId = said.ticketId;
      this.#askedAt = performance.now();
      if (said.turn === 'machine') onTyping(said.ticketId);
      // The machine is silent: nothing is being written.
      else this.send({ type: 'typing', status: false });
      this.look();
    } catch (error) {
      const known = error instanceof SignalboxError;
      if (!known) log.error({ err: error }, 'a chat message could not be stored');
      this.showTyping(false);
      this.tell(known ? error.message : 'The message could not be stored. Send it again.');
    }
  }

  /** One look at a time; what is heard meanwhile leads to one more. */
  look(): void {
    this.#lookAgain = true;
    if (!this.#looking) void this.#lookUntilQuiet();
  }

  async #lookUntilQuiet(): Promise<void> {
    const { socket, log } = this.#options;
    this.#looking = true;
    try {
      while (this.#lookAgain && socket.readyState === socket.OPEN) {
        this.#lookAgain = false;
        await this.#readNew();
      }
    } catch (error) {
      log.warn({ err: error }, 'replies of a chat could not be read yet');
    } finally {
      this.#looking = false;
    }
  }

  async #readNew(): Promise<void> {
    const { chat, session } = this.#options;
    const replies = (await chat.replies(session.id, this.#place)).filter((r) => !this.#sent.has(r.id));
    const standings = new Map<string, Standing>();
    for (const { ticketId } of replies)
      if (!standings.has(ticketId)) standings.set(ticketId, await chat.standing(ticketId));
    if (this.#typing && (replies.length > 0 || !(await this.#isAnswering()))) this.showTyping(false);
    for (const reply of replies) this.#deliver(reply, standings.get(reply.ticketId)!);
    this.#forgetOldest();
    // Who comes back while an answer is being made sees that it is.
    const began = this.#begun;
    this.#begun = true;
    if (!began && (await this.#isAnswering())) this.showTyping();
  }

  async #isAnswering(): Promise<boolean> {
    return this.#ticketId !== null && (await this.#options.chat.standing(this.#ticketId)).answering;
  }

  #deliver(reply: SessionMessage, standing: Standing): void {
    const { chat, session, log } = this.#options;
    this.#sent.set(reply.id, reply.seq);
    const responseTime = this.#askedAt === null ? null : Math.round(performance.now() - this.#askedAt) / 1000;
    this.send(messageFrame({ reply, standing, session, responseTime }), () => {
      chat
        .markDelivered([reply.id])
        .catch((error: unknown) => log.warn({ err: error }, 'a delivery could not be noted; it is sent again'));
    });
  }

  #forgetOldest(): void {
    if (this.#sent.size <= mostRemembered) return;
    const oldest = [...this.#sent].slice(0, mostRemembered / 2);
    this.#place = Math.max(this.#place, ...oldest.map(([, seq]) => seq));
    for (const [id] of oldest) this.#sent.delete(id);
  }
}
