import { setTimeout as wait } from 'node:timers/promises';
import { type BaseOptions, findErrorBy, Producer, stringSerializer } from '@platformatic/kafka';
import type { BatchSize } from '../batch-size.ts';
import { GroupReader, type Membership } from './group-reader.ts';
import type { KafkaMessage, KafkaProduction } from './messages.ts';
import { ReadAhead, type Taken } from './read-ahead.ts';
import { producerRetries } from './settings.ts';

export interface SessionOptions {
  readonly client: BaseOptions;
  readonly group: string;
  readonly topics: readonly string[];
  /** Unlike that of any other process and session. */
  readonly transactionalId: string;
  readonly batch: BatchSize;
  /**
   * Makes of messages what is to be published, in any number. It may be called again with the same messages; what it
   * does elsewhere has to be done before it returns. Throws for what will pass by itself: it is then tried again.
   */
  readonly work: (messages: readonly KafkaMessage[], signal: AbortSignal) => Promise<readonly KafkaProduction[]>;
  readonly onBatch: (seen: { taken: number; published: number; milliseconds: number }) => void;
  /** Null when it goes on. */
  readonly onTrouble: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export interface Session {
  lags(): { topic: string; partition: number; lag: number }[];
  /** Ends when the signal is aborted and the batch in hand is done. @throws when Kafka fails: begin another session */
  readonly done: Promise<void>;
}

/** Milliseconds between two tries of work that failed. */
const pauses = { first: 100, most: 5_000 } as const;
const closeMs = 5_000;

/**
 * joined → (read → work → publish and commit in one transaction)* → left
 *
 * Offsets are committed in the transaction that publishes the results, so readers of committed messages see each result
 * once, whenever the process is killed. What Kafka refuses because the group was divided anew is dropped: whoever has
 * the partition now reads it again.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { client, group, topics } = options;
  const reader = new GroupReader(client, { group, topics });
  const producer = new Producer({
    ...client,
    retries: producerRetries,
    idempotent: true,
    transactionalId: options.transactionalId,
  });
  const close = async () => {
    await Promise.race([
      Promise.allSettled([reader.close(), producer.close(true)]),
      wait(closeMs, undefined, { ref: false }),
    ]);
  };
  try {
    await reader.join();
  } catch (error) {
    await close();
    throw error;
  }
  const ahead = new ReadAhead(reader);
  const stop = () => void ahead.close();
  options.signal.addEventListener('abort', stop);
  if (options.signal.aborted) stop();
  const done = run(options, { reader, producer, ahead }).finally(async () => {
    options.signal.removeEventListener('abort', stop);
    await ahead.close();
    await close();
  });
  return { lags: () => reader.lags(), done };
}

interface Parts {
  readonly reader: GroupReader;
  readonly producer: Producer;
  readonly ahead: ReadAhead;
}

async function run(options: SessionOptions, { reader, producer, ahead }: Parts): Promise<void> {
  const { batch, onBatch } = options;
  for (;;) {
    const taken = await ahead.take(() => batch.size);
    if (taken === null) return;
    const started = performance.now();
    const productions = await workUntilDone(options, reader, taken);
    if (productions === null) continue;
    const committed = await publish(producer, { reader, taken, productions });
    if (!committed) continue;
    const milliseconds = performance.now() - started;
    batch.observe({ taken: taken.messages.length, milliseconds, waiting: ahead.waiting });
    onBatch({ taken: taken.messages.length, published: productions.length, milliseconds });
  }
}

/** @returns null when the messages are no longer ours, or nothing more is to be done */
async function workUntilDone(
  { work, signal, onTrouble }: SessionOptions,
  reader: GroupReader,
  { membership, messages }: Taken,
): Promise<readonly KafkaProduction[] | null> {
  for (let pause: number = pauses.first; ; pause = Math.min(pauses.most, pause * 2)) {
    try {
      const productions = await work(messages, signal);
      onTrouble(null);
      return reader.isCurrent(membership) ? productions : null;
    } catch (error) {
      if (signal.aborted) return null;
      onTrouble(error);
    }
    await wait(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || !reader.isCurrent(membership)) return null;
  }
}

/** @returns false when the group was divided anew. @throws when Kafka fails */
async function publish(
  producer: Producer,
  { reader, taken, productions }: { reader: GroupReader; taken: Taken; productions: readonly KafkaProduction[] },
): Promise<boolean> {
  const transaction = await producer.beginTransaction();
  try {
    for (const some of bySize(productions)) await transaction.send({ messages: some.map(toMessage) });
    await transaction.addConsumer(reader.consumer);
    // One after the other: calls at the same time are taken for one by the client.
    for (const last of lastOfPartitions(taken.messages))
      await transaction.addOffset(withMembership(last, taken.membership));
    await transaction.commit();
    return true;
  } catch (error) {
    await transaction.abort();
    if (findErrorBy(error as Error, 'needsRejoin', true) === null) throw error;
    // What was read behind this batch must not be published before it.
    reader.distrust(taken.membership);
    return false;
  }
}

/** Bytes of one request: brokers refuse what has more than 1 MB for one partition. */
const requestBytes = 512 * 1024;

/** In their order; what is larger goes alone. */
export function bySize(productions: readonly KafkaProduction[]): KafkaProduction[][] {
  const parts: KafkaProduction[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const production of productions) {
    const size = production.value.length + (production.key?.length ?? 0) + 1_024;
    bytes += size;
    if (bytes > requestBytes) {
      parts.push([]);
      bytes = size;
    }
    parts.at(-1)!.push(production);
  }
  return parts;
}

const toMessage = ({ topic, key, value, headers }: KafkaProduction) => ({
  topic,
  ...(key === null ? {} : { key }),
  value,
  headers: new Map(Object.entries(headers).map(([name, text]) => [stringSerializer(name)!, stringSerializer(text)!])),
});

function lastOfPartitions(messages: readonly KafkaMessage[]): Iterable<KafkaMessage> {
  return new Map(messages.map((message) => [`${message.topic}:${message.partition}`, message])).values();
}

type AddedOffset = Parameters<Awaited<ReturnType<Producer['beginTransaction']>>['addOffset']>[0];

/** The client takes place and membership of a message and nothing else. */
const withMembership = ({ topic, partition, offset }: KafkaMessage, consumer: Membership) =>
  ({ topic, partition, offset, metadata: { consumer } }) as unknown as AddedOffset;
