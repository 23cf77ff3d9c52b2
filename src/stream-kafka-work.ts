import { setTimeout as wait } from 'node:timers/promises';
import { presentRouted, readStreamMessage, type StreamMessage } from './api/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { KafkaMessage, KafkaProduction } from './platform/index.ts';
import type { Routed } from './route-store.ts';
import type { Gauge } from './stream-board.ts';
import { routeEach } from './stream-tickets.ts';
import { type ErrorCode, SignalboxError } from './ticket/index.ts';

export interface KafkaTopics {
  readonly input: string;
  readonly output: string;
  readonly retry: string;
  readonly dead: string;
}

export interface KafkaWorkOptions {
  readonly parts: PipelineParts;
  readonly topics: KafkaTopics;
  readonly gauge: Gauge;
  /** Milliseconds before the first, second, … new try; after the last the message is dead. */
  readonly retryDelays: readonly number[];
}

/** Where a message first stood, through all its retries. */
interface Origin {
  readonly sourceKey: string;
  readonly topic: string;
  readonly partition: string;
  readonly offset: string;
  /** Tries that failed. */
  readonly failed: number;
}

interface Read {
  readonly message: KafkaMessage;
  readonly origin: Origin;
  readonly ticket: StreamMessage;
}

const actor = 'kafka';

/**
 * Bytes of a dead letter. A message as large as the brokers take, with our headers, is more than they take, and would be
 * tried for ever; the whole of it stands where it came from.
 */
const largestLetter = 512 * 1024;

/**
 * Bytes of a message, and of what stands beside it (key and headers). The largest ticket has some 800 kB when every sign
 * is escaped; what is larger is not even parsed. Both together, with our headers, are less than brokers take.
 */
const largest = { value: 1_000_000, beside: 32 * 1024 } as const;
const tooLarge = {
  kind: 'problem',
  code: 'too-large',
  words: 'The message is too large for a ticket: it may have 1 MB, its key and headers 32 KB.',
  clientId: null,
} as const satisfies StreamMessage;

/**
 * Messages of the input topic (or of the retry topic) to results, retries and dead letters, in their order. A ticket
 * carries the place of its message, so that a message that is read again is stored once and gets the same result.
 * @returns the work of a consumer; it throws when the database does not answer
 */
export function createKafkaWork(options: KafkaWorkOptions) {
  const { parts, topics, gauge } = options;
  return async (messages: readonly KafkaMessage[], signal: AbortSignal): Promise<readonly KafkaProduction[]> => {
    const longest = Math.max(0, ...options.retryDelays);
    await untilDue(messages, { topics, longest, now: () => parts.clock.now().getTime(), signal });
    const started = performance.now();
    const read = messages.map((message) => readMessage(message, topics));
    const good = read.flatMap(({ ticket }) => (ticket.kind === 'ticket' ? [{ request: ticket.request, actor }] : []));
    const routed = (good.length === 0 ? [] : await routeEach(parts, good)).values();
    const made = read.map((one) => produce(one, { options, routed }));
    const milliseconds = performance.now() - started;
    for (const outcome of ['classified', 'retried', 'dead_letter'] as const)
      gauge.seen(outcome, made.filter((m) => m.outcome === outcome).length, milliseconds);
    return made.map(({ production }) => production);
  };
}

const header = {
  sourceKey: 'signalbox-source-key',
  topic: 'signalbox-source-topic',
  partition: 'signalbox-source-partition',
  offset: 'signalbox-source-offset',
  failed: 'signalbox-attempts',
  notBefore: 'signalbox-not-before',
  reason: 'signalbox-reason',
  code: 'signalbox-code',
  cut: 'signalbox-cut-from-bytes',
} as const;

/** Headers of ours are believed on the topic that only we write. */
function originOf(message: KafkaMessage, topics: KafkaTopics): Origin {
  const { topic, topicId, partition, offset, headers } = message;
  const given = (name: string) => (topic === topics.retry ? headers.get(name) : undefined);
  return {
    sourceKey: given(header.sourceKey) ?? `kafka:${topicId}:${partition}:${offset}`,
    topic: given(header.topic) ?? topic,
    partition: given(header.partition) ?? String(partition),
    offset: given(header.offset) ?? String(offset),
    failed: Number(given(header.failed) ?? 0),
  };
}

function readMessage(message: KafkaMessage, topics: KafkaTopics): Read {
  const origin = originOf(message, topics);
  if ((message.value?.length ?? 0) > largest.value || bytesBeside(message) > largest.beside)
    return { message, origin, ticket: tooLarge };
  return { message, origin, ticket: readStreamMessage(message.value?.toString('utf8') ?? '', origin.sourceKey) };
}

/** Headers count by their signs, which is close enough. */
function bytesBeside({ key, headers }: KafkaMessage): number {
  let bytes = key?.length ?? 0;
  for (const [name, text] of headers) bytes += name.length + text.length;
  return bytes;
}

type Made = { readonly outcome: 'classified' | 'retried' | 'dead_letter'; readonly production: KafkaProduction };

function produce(
  read: Read,
  { options, routed }: { options: KafkaWorkOptions; routed: Iterator<Routed | SignalboxError> },
): Made {
  const { ticket } = read;
  if (ticket.kind === 'problem') return bury(read, options, ticket);
  const result = routed.next().value as Routed | SignalboxError;
  if (!(result instanceof SignalboxError)) return classified(read, options, { ticket, result });
  const failed = { code: result.code, words: result.message };
  // What nobody foresaw may pass; what the client has to mend will not.
  const delay = result.code === 'internal' ? options.retryDelays[read.origin.failed] : undefined;
  return delay === undefined ? bury(read, options, failed) : tryAgain(read, options, { ...failed, delay });
}

function classified(
  { message, origin }: Read,
  { topics }: KafkaWorkOptions,
  { ticket, result }: { ticket: Extract<StreamMessage, { kind: 'ticket' }>; result: Routed },
): Made {
  const presented = presentRouted(result);
  const value = { status: 'classified', ticket_id: ticket.clientId ?? presented.ticket_id, result: presented };
  const headers = {
    ...sourceHeaders(origin),
    'signalbox-ticket-id': presented.ticket_id,
    ...(presented.client_ticket_id === null ? {} : { 'signalbox-client-ticket-id': presented.client_ticket_id }),
  };
  const production = { topic: topics.output, key: message.key, value: Buffer.from(JSON.stringify(value)), headers };
  return { outcome: 'classified', production };
}

function tryAgain(
  { message, origin }: Read,
  { topics, parts }: KafkaWorkOptions,
  { code, words, delay }: { code: ErrorCode; words: string; delay: number },
): Made {
  const headers = {
    ...withoutOurs(message),
    ...sourceHeaders(origin),
    [header.sourceKey]: origin.sourceKey,
    [header.failed]: String(origin.failed + 1),
    [header.notBefore]: String(parts.clock.now().getTime() + delay),
    [header.code]: code,
    [header.reason]: words,
  };
  const value = message.value ?? Buffer.alloc(0);
  return { outcome: 'retried', production: { topic: topics.retry, key: message.key, value, headers } };
}

/** A dead letter is the message as it came, as far as the brokers take it, with what is wrong and where it stood. */
function bury(
  { message, origin }: Read,
  { topics }: KafkaWorkOptions,
  { code, words }: { code: ErrorCode; words: string },
): Made {
  const bare = bytesBeside(message) > largest.beside;
  const headers = {
    ...(bare ? {} : withoutOurs(message)),
    ...sourceHeaders(origin),
    [header.failed]: String(origin.failed + 1),
    [header.code]: code,
    [header.reason]: words,
  };
  const value = message.value ?? Buffer.alloc(0);
  const cut = value.length > largestLetter;
  const production = {
    topic: topics.dead,
    key: bare ? null : message.key,
    value: cut ? value.subarray(0, largestLetter) : value,
    headers: cut ? { ...headers, [header.cut]: String(value.length) } : headers,
  };
  return { outcome: 'dead_letter', production };
}

const sourceHeaders = ({ topic, partition, offset }: Origin) => ({
  [header.topic]: topic,
  [header.partition]: partition,
  [header.offset]: offset,
});

const withoutOurs = ({ headers }: KafkaMessage): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !name.startsWith('signalbox-')));

/** Messages of the retry topic say when they may be tried; a batch waits for its last one, no longer than we ever ask for. */
async function untilDue(
  messages: readonly KafkaMessage[],
  { topics, longest, now, signal }: { topics: KafkaTopics; longest: number; now: () => number; signal: AbortSignal },
): Promise<void> {
  const due = messages.map(({ topic, headers }) =>
    topic === topics.retry ? Number(headers.get(header.notBefore) ?? 0) : 0,
  );
  const left = Math.min(Math.max(...due) - now(), longest);
  if (left > 0) await wait(left, undefined, { signal });
}
