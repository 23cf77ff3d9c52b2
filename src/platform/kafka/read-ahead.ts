import type { GroupReader, Membership } from './group-reader.ts';
import type { KafkaMessage } from './messages.ts';

export interface Taken {
  readonly membership: Membership;
  readonly messages: readonly KafkaMessage[];
}

/** Messages that are read ahead while others are worked on, and bytes of them: brokers may allow messages of 50 MB. */
const mostAhead = { messages: 1_000, bytes: 16 * 1024 * 1024 } as const;
/** Bytes of one batch, beside a first message of any size: what is read at once holds the event loop up. */
const batchBytes = 4 * 1024 * 1024;

/** Reads on while a batch is worked on, and forgets what was read for an earlier division of the group. */
export class ReadAhead {
  readonly #reader: Pick<GroupReader, 'read' | 'isCurrent'>;
  #buffer: KafkaMessage[] = [];
  #bytes = 0;
  #membership: Membership | null = null;
  #problem: { readonly error: unknown } | null = null;
  #closed = false;
  readonly #waiters = new Set<() => void>();
  readonly #running: Promise<void>;

  constructor(reader: Pick<GroupReader, 'read' | 'isCurrent'>) {
    this.#reader = reader;
    this.#running = this.#run();
  }

  get waiting(): number {
    return this.#buffer.length;
  }

  /** At most `most` messages of one membership; none when it was closed. @throws what reading threw */
  async take(most: () => number): Promise<Taken | null> {
    for (;;) {
      if (this.#problem !== null) throw this.#problem.error;
      if (this.#closed) return null;
      if (this.#buffer.length > 0 && !this.#reader.isCurrent(this.#membership!)) {
        this.#empty();
        // Reading may be waiting for room: both would wait for ever.
        this.#wake();
      }
      if (this.#buffer.length > 0) {
        const messages = this.#shift(most());
        this.#wake();
        return { membership: this.#membership!, messages };
      }
      await this.#change();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#closed) {
        if (this.#buffer.length >= mostAhead.messages || this.#bytes >= mostAhead.bytes) {
          await this.#change();
          continue;
        }
        const { membership, messages } = await this.#reader.read();
        if (!this.#reader.isCurrent(membership)) continue;
        const same = this.#membership?.generationId === membership.generationId;
        if (!same || this.#membership?.memberId !== membership.memberId) this.#empty();
        this.#membership = membership;
        for (const message of messages) {
          this.#buffer.push(message);
          this.#bytes += bytesOf(message);
        }
        this.#wake();
      }
    } catch (error) {
      this.#problem = { error };
      this.#wake();
    }
  }

  #empty(): void {
    this.#buffer = [];
    this.#bytes = 0;
  }

  /** The next messages: one at least, then as many as fit. */
  #shift(most: number): KafkaMessage[] {
    let [count, bytes] = [0, 0];
    for (const message of this.#buffer) {
      const more = bytesOf(message);
      if (count > 0 && (count >= most || bytes + more > batchBytes)) break;
      count++;
      bytes += more;
    }
    this.#bytes -= bytes;
    return this.#buffer.splice(0, count);
  }

  /** Both sides wait for one another's next move. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiters) resolve();
    this.#waiters.clear();
  }
}

const bytesOf = ({ key, value }: KafkaMessage): number => (key?.length ?? 0) + (value?.length ?? 0);
