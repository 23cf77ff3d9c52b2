import { setTimeout as wait } from 'node:timers/promises';
import {
  Admin,
  type BaseOptions,
  type ClusterMetadata,
  Consumer,
  FetchIsolationLevels,
  findErrorBy,
  ListOffsetTimestamps,
} from '@platformatic/kafka';
import { type KafkaMessage, type ReadPartition, readFetched } from './messages.ts';

/** Milliseconds that a fetch waits for messages. Shorter with several brokers: the quiet ones hold the others up. */
const fetchWait = { one: 250, several: 50 } as const;
const partitionBytes = 2 * 1024 * 1024;
/** Milliseconds between two looks at a group that is being divided. */
const joinWait = 20;
/** Milliseconds until a process that is gone has lost its partitions. */
const sessionTimeout = 10_000;
/** Milliseconds that an unfinished transaction of another process is waited for: the broker ends it by its time limit. */
const unstableWait = 120_000;

export interface Membership {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
  readonly coordinatorId: number;
}

type Assigned = readonly { readonly topic: string; readonly partitions: readonly number[] }[];

export interface Fetched {
  readonly membership: Membership;
  readonly messages: readonly KafkaMessage[];
}

const nobody: Membership = { groupId: '', memberId: '', generationId: -1, coordinatorId: -1 };

const keyOf = (topic: string, partition: number) => `${topic}:${partition}`;

/**
 * A member of a consumer group that reads the partitions it was given. Where to begin is asked anew whenever the group
 * has been divided anew, and asked for *stable* offsets: one that an unfinished transaction is about to move is waited
 * for, otherwise two members could publish a result for the same message.
 */
export class GroupReader {
  readonly consumer: Consumer;
  readonly #admin: Admin;
  readonly #topics: readonly string[];
  readonly #positions = new Map<string, bigint>();
  readonly #ends = new Map<string, bigint>();
  /**
   * As of the last division of the group that was completed. While one is under way the client has the number of the new
   * generation already, and the partitions of the old one: whoever read those would publish what another publishes too.
   */
  #membership: Membership = nobody;
  #assigned: Assigned = [];
  #positioned: Membership | null = null;
  #metadata: ClusterMetadata | null = null;
  #lost: Error | null = null;

  constructor(options: BaseOptions, { group, topics }: { group: string; topics: readonly string[] }) {
    this.#topics = topics;
    this.#admin = new Admin(options);
    this.consumer = new Consumer({
      ...options,
      groupId: group,
      sessionTimeout,
      heartbeatInterval: 1_000,
      rebalanceTimeout: 30_000,
      autocommit: false,
      minBytes: 1,
      maxBytes: 4 * partitionBytes,
      isolationLevel: FetchIsolationLevels.READ_COMMITTED,
    });
    this.consumer.topics.trackAll(...topics);
    this.consumer.on('consumer:group:join', () => {
      const { groupId, memberId, generationId, coordinatorId, assignments } = this.consumer;
      this.#membership = { groupId, memberId: memberId ?? '', generationId, coordinatorId: coordinatorId ?? -1 };
      this.#assigned = (assignments ?? []).filter(({ partitions }) => partitions.length > 0);
    });
    // Without a listener an event named error would end the process.
    this.consumer.on('error' as 'client:close', (...[error]: unknown[]) => {
      this.#lost = error instanceof Error ? error : new Error('the group was lost');
    });
    this.consumer.on('consumer:heartbeat:stalled', ({ lastError }) => {
      this.#lost = lastError ?? new Error('the group does not answer');
    });
  }

  join(): Promise<string> {
    return this.consumer.joinGroup({});
  }

  /** Whether what was read as this member may still be worked on. */
  isCurrent(membership: Membership): boolean {
    const { memberId, generationId } = this.consumer;
    const same = membership.memberId === memberId && membership.generationId === generationId;
    return same && membership === this.#membership;
  }

  /** The brokers refused something of this membership: nothing more is done with it until the group is divided anew. */
  distrust(membership: Membership): void {
    if (this.#membership === membership) this.#membership = nobody;
  }

  /** Messages that are not read yet, of the partitions that are ours. */
  lags(): { topic: string; partition: number; lag: number }[] {
    return this.#assigned.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => {
        const key = keyOf(topic, partition);
        const [end, position] = [this.#ends.get(key), this.#positions.get(key)];
        return { topic, partition, lag: end === undefined || position === undefined ? 0 : Number(end - position) };
      }),
    );
  }

  /**
   * Waits a moment when nothing is there. Empty when the group was divided anew meanwhile.
   * @throws when brokers do not answer, or the group is lost: then everything begins anew
   */
  async read(): Promise<Fetched> {
    if (this.#lost !== null) throw this.#lost;
    const membership = this.#membership;
    if (!this.isCurrent(membership)) {
      await wait(joinWait);
      return { membership, messages: [] };
    }
    if (this.#positioned !== membership) await this.#position(membership, this.#assigned);
    if (!this.isCurrent(membership)) return { membership, messages: [] };
    const wanted = this.#wanted();
    if (wanted.size === 0) {
      await wait(fetchWait.one);
      return { membership, messages: [] };
    }
    const maxWaitTime = wanted.size === 1 ? fetchWait.one : fetchWait.several;
    const read = await Promise.all([...wanted].map(([node, topics]) => this.#fetch({ node, topics, maxWaitTime })));
    if (!this.isCurrent(membership)) return { membership, messages: [] };
    for (const { topic, partition, next, end } of read.flat()) {
      if (next !== null) this.#positions.set(keyOf(topic, partition), next);
      this.#ends.set(keyOf(topic, partition), end);
    }
    return { membership, messages: read.flat().flatMap(({ messages }) => messages) };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.consumer.close(true), this.#admin.close()]);
  }

  async #fetch(asked: Parameters<Consumer['fetch']>[0]): Promise<ReadPartition[]> {
    const names = new Map([...this.#metadata!.topics].map(([name, { id }]) => [id, name]));
    const response = await this.consumer.fetch(asked);
    return readFetched(response, names, (topic, partition) => this.#positions.get(keyOf(topic, partition)));
  }

  /** What to ask which broker for. */
  #wanted(): Map<number, { topicId: string; partitions: ReturnType<typeof wantedPartition>[] }[]> {
    const { topics } = this.#metadata!;
    const byLeader = new Map<number, { topicId: string; partitions: ReturnType<typeof wantedPartition>[] }[]>();
    for (const { topic, partitions } of this.#assigned) {
      const known = topics.get(topic);
      for (const partition of partitions) {
        const position = this.#positions.get(keyOf(topic, partition));
        const leader = known?.partitions[partition]?.leader;
        if (position === undefined || known === undefined || leader === undefined) continue;
        const of = byLeader.get(leader) ?? [];
        byLeader.set(leader, of);
        const same = of.find(({ topicId }) => topicId === known.id);
        if (same === undefined) of.push({ topicId: known.id, partitions: [wantedPartition(partition, position)] });
        else same.partitions.push(wantedPartition(partition, position));
      }
    }
    return byLeader;
  }

  /** From where to read: the committed offset, or the beginning where there is none or where it no longer exists. */
  async #position(membership: Membership, assigned: Assigned): Promise<void> {
    this.#positions.clear();
    this.#ends.clear();
    this.#metadata = await this.consumer.metadata({ topics: [...this.#topics], forceUpdate: true });
    if (assigned.length > 0) {
      const topics = assigned.map(({ topic }) => topic);
      const partitions = Object.fromEntries(assigned.map((a) => [a.topic, [...a.partitions]]));
      const [committed, first, last] = await Promise.all([
        this.#stableOffsets(assigned),
        this.consumer.listOffsets({ topics, partitions, timestamp: ListOffsetTimestamps.EARLIEST }),
        this.consumer.listOffsets({ topics, partitions, timestamp: ListOffsetTimestamps.LATEST }),
      ]);
      for (const { topic, partitions } of assigned)
        for (const partition of partitions) {
          const bounds = { first: first.get(topic)?.[partition] ?? 0n, last: last.get(topic)?.[partition] ?? 0n };
          this.#positions.set(keyOf(topic, partition), within(committed.get(keyOf(topic, partition)), bounds));
          this.#ends.set(keyOf(topic, partition), bounds.last);
        }
    }
    this.#positioned = membership;
  }

  async #stableOffsets(assigned: Assigned): Promise<Map<string, bigint>> {
    const until = performance.now() + unstableWait;
    for (;;) {
      try {
        const groups = await this.#admin.listConsumerGroupOffsets({
          groups: [
            {
              groupId: this.consumer.groupId,
              topics: assigned.map(({ topic, partitions }) => ({ name: topic, partitionIndexes: [...partitions] })),
            },
          ],
          requireStable: true,
        });
        return new Map(
          groups.flatMap(({ topics }) =>
            topics.flatMap(({ name, partitions }) =>
              partitions.map((p) => [keyOf(name, p.partitionIndex), p.committedOffset] as const),
            ),
          ),
        );
      } catch (error) {
        const unstable = findErrorBy(error as Error, 'apiId', 'UNSTABLE_OFFSET_COMMIT') !== null;
        if (!unstable || performance.now() > until) throw error;
        await wait(100);
      }
    }
  }
}

const wantedPartition = (partition: number, fetchOffset: bigint) => ({
  partition,
  fetchOffset,
  partitionMaxBytes: partitionBytes,
  currentLeaderEpoch: -1,
  lastFetchedEpoch: -1,
});

/** Retention may have deleted what was not read yet; a topic that was deleted and created anew begins at 0 again. */
function within(committed: bigint | undefined, { first, last }: { first: bigint; last: bigint }): bigint {
  return committed === undefined || committed < first || committed > last ? first : committed;
}
