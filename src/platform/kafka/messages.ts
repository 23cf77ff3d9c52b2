import type { Consumer, RecordsBatch } from '@platformatic/kafka';

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

export interface KafkaMessage {
  readonly topic: string;
  /** Stays with a topic until it is deleted: offsets of a topic that is created anew are other messages. */
  readonly topicId: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970, as the producer says. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, string>;
}

export interface KafkaProduction {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ReadPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly messages: readonly KafkaMessage[];
  /** Where to read on; null when nothing came. */
  readonly next: bigint | null;
  /** Beyond the last message that can be read. */
  readonly end: bigint;
}

const isControl = 0b10_0000;
const isTransactional = 0b1_0000;
const abortMarker = 0;

/**
 * What a fetch brought, by partition; of messages before the asked-for position (a batch is sent whole) and of aborted
 * transactions nothing. The client's own filter knows one aborted transaction per producer and fetch; this one knows
 * them all, as the protocol describes it: between the first offset of an aborted transaction and its marker.
 */
export function readFetched(
  response: FetchResponse,
  topicNames: ReadonlyMap<string, string>,
  positionOf: (topic: string, partition: number) => bigint | undefined,
): ReadPartition[] {
  return response.responses.flatMap(({ topicId, partitions }) => {
    const topic = topicNames.get(topicId);
    if (topic === undefined) return [];
    return partitions.flatMap(({ partitionIndex: partition, records, abortedTransactions, lastStableOffset }) => {
      const from = positionOf(topic, partition);
      if (from === undefined) return [];
      const batches = records ?? [];
      const last = batches.at(-1);
      const messages = withoutAborted(batches, abortedTransactions ?? []).flatMap((batch) =>
        messagesOf(batch, { topic, topicId, partition }).filter(({ offset }) => offset >= from),
      );
      const next = last === undefined ? null : last.firstOffset + BigInt(last.lastOffsetDelta) + 1n;
      return [{ topic, topicId, partition, messages, next, end: lastStableOffset }];
    });
  });
}

type Batch = Pick<
  RecordsBatch,
  'attributes' | 'producerId' | 'firstOffset' | 'lastOffsetDelta' | 'firstTimestamp' | 'records'
>;

/** Batches with messages, in the order of the log; `aborted` in any order. */
export function withoutAborted<B extends Batch>(
  batches: readonly B[],
  aborted: readonly { producerId: bigint; firstOffset: bigint }[],
): B[] {
  const begins = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const open = new Set<bigint>();
  let begun = 0;
  return batches.filter(({ attributes, producerId, firstOffset, lastOffsetDelta, records }) => {
    const end = firstOffset + BigInt(lastOffsetDelta);
    for (; begun < begins.length && begins[begun]!.firstOffset <= end; begun++) open.add(begins[begun]!.producerId);
    if ((attributes & isControl) !== 0) {
      if (records[0]?.key?.readInt16BE(2) === abortMarker) open.delete(producerId);
      return false;
    }
    return (attributes & isTransactional) === 0 || !open.has(producerId);
  });
}

function messagesOf(
  batch: RecordsBatch,
  of: { readonly topic: string; readonly topicId: string; readonly partition: number },
): KafkaMessage[] {
  return batch.records.map(({ offsetDelta, timestampDelta, key, value, headers }) => ({
    ...of,
    offset: batch.firstOffset + BigInt(offsetDelta),
    timestamp: Number(batch.firstTimestamp + timestampDelta),
    key,
    value,
    headers: new Map(headers.map(([name, text]) => [name?.toString() ?? '', text?.toString() ?? ''])),
  }));
}
