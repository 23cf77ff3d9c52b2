import { setTimeout as wait } from 'node:timers/promises';
import { type KafkaSettings, openKafkaProducer } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';

export interface StreamRow {
  readonly ticket_id: string;
  readonly customer_message: string;
  readonly subject?: string | undefined;
  readonly customer_email?: string | undefined;
  readonly customer_name?: string | undefined;
  readonly priority?: string | undefined;
  readonly language?: string | undefined;
}

/** What became of one row; null when it went well. */
export type OnAnswer = (ticketId: string, problem: string | null) => void;

/** A way to send tickets. `send` waits while the other side is behind. */
export interface Sender {
  send(rows: readonly StreamRow[]): Promise<void>;
  /** No more will be sent. */
  close(): Promise<void>;
  /** Rejects when the connection is lost. */
  readonly lost: Promise<never>;
}

const never = new Promise<never>(() => undefined);
/** Bytes that may wait in the socket. */
const mostUnsent = 4 * 1024 * 1024;

export async function openSocketSender(url: string, key: string | undefined, onAnswer: OnAnswer): Promise<Sender> {
  const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/stream`;
  const socket = new WebSocket(address, ['signalbox', ...(key === undefined ? [] : [`key.${key}`])]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(unreachable(address)));
  });
  let closing = false;
  const lost = new Promise<never>((_, reject) => {
    socket.addEventListener('close', ({ code, reason }) => {
      if (!closing) reject(new SignalboxError('not-ready', `The server closed the stream (${code}). ${reason}`.trim()));
    });
  });
  lost.catch(() => undefined);
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as { status?: string; ticket_id?: string; error?: string };
    if (frame.error !== undefined) onAnswer(frame.ticket_id ?? '', frame.error);
    else if (frame.status === 'classified') onAnswer(frame.ticket_id ?? '', null);
  });
  return {
    lost,
    async send(rows) {
      for (const row of rows) {
        while (socket.bufferedAmount > mostUnsent) await wait(5);
        socket.send(JSON.stringify(row));
      }
    },
    async close() {
      closing = true;
      socket.close();
    },
  };
}

/** One POST /route for each; many at a time. */
export function openHttpSender(url: string, key: string | undefined, onAnswer: OnAnswer): Sender {
  const address = `${url.replace(/\/$/, '')}/route`;
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const post = async ({ customer_message: body, subject, ...row }: StreamRow): Promise<string | null> => {
    const sent = { ...row, subject: subject ?? body.slice(0, 80), body };
    try {
      const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(sent) });
      const answer = (await response.json()) as { detail?: string };
      return response.ok ? null : (answer.detail ?? `status ${response.status}`);
    } catch {
      return unreachable(address).message;
    }
  };
  return {
    lost: never,
    async send(rows) {
      for (const row of rows) void post(row).then((problem) => onAnswer(row.ticket_id, problem));
    },
    close: async () => undefined,
  };
}

/** To the topic; answered as soon as the brokers have written it. What became of it stands in the topic of results. */
export async function openKafkaSender(settings: KafkaSettings, topic: string, onAnswer: OnAnswer): Promise<Sender> {
  const producer = await openKafkaProducer(settings, topic);
  return {
    lost: never,
    async send(rows) {
      await producer.send(rows.map((row) => ({ key: row.ticket_id, value: JSON.stringify(row) })));
      for (const { ticket_id } of rows) onAnswer(ticket_id, null);
    },
    close: () => producer.close(),
  };
}

const unreachable = (address: string) =>
  new SignalboxError(
    'not-ready',
    `Nothing answers at ${address}. Start the server (npm start), or name another with --url.`,
  );
