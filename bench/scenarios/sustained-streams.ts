import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Producer } from '@platformatic/kafka';
import { fetchKafka, startKafka } from '../../scripts/kafka-server.ts';
import type { Figures } from './figures.ts';
import { quantile, round, starterTexts } from './measure.ts';
import { seconds, stored, withServer } from './sustained.ts';
import { watchMemory } from './watch-memory.ts';

const sockets = 4;
/** Tickets of one socket that are sent and not answered. */
const inFlight = 50;

const messageOf = (i: number, id: string): string => {
  const texts = starterTextsOnce();
  const { subject, body } = texts[i % texts.length]!;
  return JSON.stringify({ ticket_id: id, subject, customer_message: body });
};
let texts: ReturnType<typeof starterTexts> | null = null;
function starterTextsOnce() {
  texts ??= starterTexts();
  return texts;
}

/** WS /stream: four sockets with fifty tickets in flight each; latency from sending to `classified`. */
export function sustainedSocket(): Promise<Figures> {
  return withServer(async (server) => {
    const memory = watchMemory(() => server.memoryMb());
    const taken: number[] = [];
    const refused: string[] = [];
    const end = performance.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: sockets }, (_, n) => stream(server.url, { name: String(n), end, taken, refused })),
    );
    return {
      per_second: round(taken.length / seconds, 0),
      p50_ms: round(quantile(taken, 0.5)),
      p99_ms: round(quantile(taken, 0.99)),
      classified: taken.length,
      refused: refused.length,
      seconds,
      ...memory.stop(),
    };
  });
}

interface Streaming {
  readonly name: string;
  readonly end: number;
  readonly taken: number[];
  readonly refused: string[];
}

async function stream(url: string, { name, end, taken, refused }: Streaming): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/stream`);
  await once(socket, 'open');
  const sent = new Map<string, number>();
  let count = 0;
  const done = Promise.withResolvers<void>();
  const send = () => {
    if (performance.now() >= end) return;
    const id = `${name}-${count}`;
    sent.set(id, performance.now());
    socket.send(messageOf(count++, id));
  };
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as { status?: string; ticket_id?: string; error?: string };
    if (reply.status === 'received') return;
    const id = (reply as { result?: { client_ticket_id?: string } }).result?.client_ticket_id ?? reply.ticket_id ?? '';
    const began = sent.get(id);
    if (reply.error !== undefined) refused.push(reply.error);
    else if (began !== undefined) taken.push(performance.now() - began);
    sent.delete(id);
    send();
    if (sent.size === 0 && performance.now() >= end) done.resolve();
  });
  for (let i = 0; i < inFlight; i++) send();
  await done.promise;
  socket.close();
}

/** Kafka: tickets are sent as fast as the broker takes them, by one producer; until the last is stored. */
export async function sustainedKafka(): Promise<Figures> {
  const fetched = fetchKafka();
  if ('missing' in fetched) return { skipped: fetched.missing };
  const kafka = await startKafka(fetched.jars);
  try {
    const messages = seconds * 500;
    return await withServer(
      async (server) => {
        // It makes the topics.
        await untilConsuming(server.url);
        const memory = watchMemory(() => server.memoryMb());
        const began = performance.now();
        await produce(kafka.brokers, messages);
        const sent = (performance.now() - began) / 1000;
        while ((await stored(server.url)) < messages) await wait(100);
        const took = (performance.now() - began) / 1000;
        return {
          per_second: round(messages / took, 0),
          messages,
          seconds: round(took),
          sent_after_s: round(sent),
          ...memory.stop(),
        };
      },
      { KAFKA_BROKERS: kafka.brokers },
    );
  } finally {
    await kafka.stop();
    await kafka.remove();
  }
}

async function untilConsuming(url: string): Promise<void> {
  for (;;) {
    const { streams } = (await (await fetch(`${url}/streams`)).json()) as {
      streams: { name: string; status: string }[];
    };
    if (streams.some(({ name, status }) => name === 'kafka' && status === 'running')) return;
    await wait(100);
  }
}

async function produce(brokers: string, messages: number): Promise<void> {
  const producer = new Producer({
    clientId: 'bench',
    bootstrapBrokers: [brokers],
    autocreateTopics: true,
    retries: 50,
  });
  for (let from = 0; from < messages; from += 500) {
    const some = Array.from({ length: Math.min(500, messages - from) }, (_, i) => ({
      topic: 'support_tickets',
      key: Buffer.from(`k-${from + i}`),
      value: Buffer.from(messageOf(from + i, `k-${from + i}`)),
    }));
    await producer.send({ messages: some });
  }
  await producer.close(true);
}
