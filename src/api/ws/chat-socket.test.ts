import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session, SessionMessage } from '../../intake/index.ts';
import { SignalboxError } from '../../ticket/index.ts';
import type { ChatServices, Said, Standing } from '../http/chat-services.ts';
import type { ChatFrame } from './chat-frames.ts';
import { ChatSocket } from './chat-socket.ts';

const session = { id: 's', customer_id: 'c', ticket_id: null } as Session;

/** A session whose rows are in memory; replies stand in `rows` and are told by `wake`. */
function world({
  place = 0,
  say,
  mayTake = () => true,
}: {
  place?: number;
  say?: () => Promise<Said>;
  mayTake?: () => boolean;
} = {}) {
  const frames: ChatFrame[] = [];
  const rows: SessionMessage[] = [];
  const delivered: string[] = [];
  const heard: (() => void)[] = [];
  const standing: { -readonly [K in keyof Standing]: Standing[K] } = {
    confidence: 0.9,
    style: 'neutral',
    strategy: 'steps',
    escalated: false,
    answering: true,
  };
  const socket = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    terminated: false,
    send(data: string, taken: (error?: Error) => void) {
      frames.push(JSON.parse(data) as ChatFrame);
      taken();
    },
    closed: 0,
    close(code: number) {
      this.closed = code;
      this.readyState = 2;
    },
    terminate() {
      this.terminated = true;
      this.readyState = 3;
    },
  };
  const chat: Partial<ChatServices> = {
    say: say ?? (async () => ({ ticketId: 't', seq: 1, turn: 'machine' })),
    replies: async (_, after) => rows.filter((r) => r.seq > after),
    standing: async () => ({ ...standing }),
    markDelivered: async (ids) => void delivered.push(...ids),
    subscribe(_, wake) {
      heard.push(wake);
      return () => undefined;
    },
  };
  const chatSocket: ChatSocket = new ChatSocket({
    socket: socket as never,
    session,
    caller: { name: 'local', scope: 'admin' },
    chat: chat as ChatServices,
    log: { warn() {}, error() {} } as never,
    place,
    mayTake,
    onTyping: () => chatSocket.showTyping(),
  });
  const reply = (seq: number, text = `reply ${seq}`) =>
    rows.push({ id: `m${seq}`, ticketId: 't', seq, author: 'ai', text, citations: [], createdAt: new Date(0) });
  const wake = () => {
    for (const h of heard) h();
  };
  /** Lets everything that is only waiting for a turn of the loop go on. */
  const settle = async () => {
    for (let i = 0; i < 40; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { frames, rows, delivered, standing, socket, chatSocket, reply, wake, settle };
}
const kindOf = (f: ChatFrame) => (f.type === 'typing' ? `typing ${f.status}` : f.type);

describe('a chat socket', () => {
  it('shows that the machine writes until it has written', async () => {
    const { frames, chatSocket, standing, reply, wake, settle, delivered } = world();
    chatSocket.receive('{"message":"hello"}');
    await settle();
    expect(frames.map(kindOf)).toEqual(['typing true']);
    wake();
    await settle();
    expect(frames.map(kindOf)).toEqual(['typing true']);
    reply(2);
    standing.answering = false;
    wake();
    await settle();
    expect(frames.map(kindOf)).toEqual(['typing true', 'typing false', 'message']);
    expect(delivered).toEqual(['m2']);
  });

  it('stops showing it when nobody writes any more, without a reply', async () => {
    const { frames, chatSocket, standing, wake, settle } = world();
    chatSocket.receive('{"message":"hello"}');
    await settle();
    standing.answering = false;
    wake();
    await settle();
    expect(frames.map(kindOf)).toEqual(['typing true', 'typing false']);
  });

  it('tells what could not be stored, and hides what is none of the customer’s business', async () => {
    for (const [error, words] of [
      [new SignalboxError('storage-full', 'The disk is full.'), 'The disk is full.'],
      [new Error('select * from secrets'), 'The message could not be stored. Send it again.'],
    ] as const) {
      const { frames, chatSocket, settle } = world({ say: () => Promise.reject(error) });
      chatSocket.receive('{"message":"hello"}');
      await settle();
      expect(frames).toMatchObject([{ type: 'error', message: words }]);
    }
  });

  it('counts what cannot be read like a message, and closes on who goes on and on', () => {
    let allowed = 3;
    const { frames, chatSocket, socket } = world({ mayTake: () => allowed-- > 0 });
    for (let i = 0; i < 50; i++) chatSocket.receive('{');
    expect(frames.filter((f) => f.type === 'error' && /Invalid JSON/.test(f.message))).toHaveLength(3);
    expect(socket.closed).toBe(0);
    for (let i = 0; i < 200; i++) chatSocket.receive('{');
    expect(socket.closed).toBe(1008);
    expect(frames.length).toBe(103);
  });

  it('drops who does not read', async () => {
    const { chatSocket, socket, reply, settle, delivered } = world();
    socket.bufferedAmount = 2 * 1024 * 1024;
    reply(1);
    chatSocket.look();
    await settle();
    expect(socket.terminated).toBe(true);
    expect(delivered).toEqual([]);
  });

  it('sends each reply once, in order, however often and whenever it is woken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), fc.nat(5), async (steps, place) => {
        const { frames, reply, wake, settle } = world({ place });
        let seq = 0;
        for (const step of steps) {
          if (step < 3) reply(++seq);
          if (step > 0) wake();
          if (step === 2) await settle();
        }
        wake();
        await settle();
        const texts = frames.flatMap((f) => (f.type === 'message' ? [f.message] : []));
        expect(texts).toEqual(Array.from({ length: Math.max(0, seq - place) }, (_, i) => `reply ${place + i + 1}`));
      }),
      { numRuns: 40 },
    );
  });

  it('remembers no more than it must, and still repeats nothing', async () => {
    const { frames, reply, wake, settle } = world();
    for (let seq = 1; seq <= 1_000; seq++) {
      reply(seq);
      if (seq % 50 === 0) {
        wake();
        await settle();
      }
    }
    expect(frames.filter((f) => f.type === 'message')).toHaveLength(1_000);
  });
});
