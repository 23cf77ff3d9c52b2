import type { GroupReader, Membership } from './group-reader.ts';
import type { KafkaMessage } from './messages.ts';

export interface Taken {
  readonly membership: Membership;
  readonly messages: readonly KafkaMessage[];
}

/** Messages that are read ahead while others are worked on. */
const mostAhead = 1_000;

/** Reads on while a batch is worked on, and forgets what was read for an earlier division of the group. */
export class ReadAhead {
  readonly #reader: Pick<GroupReader, 'read' | 'isCurrent'>;
  #buffer: KafkaMessage[] = [];
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
        this.#buffer = [];
        // Reading may be waiting for room: both would wait for ever.
        this.#wake();
      }
      if (this.#buffer.length > 0) {
        const taken = { membership: this.#membership!, messages: this.#buffer.splice(0, most()) };
        this.#wake();
        return taken;
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
        if (this.#buffer.length >= mostAhead) {
          await this.#change();
          continue;
        }
        const { membership, messages } = await this.#reader.read();
        if (!this.#reader.isCurrent(membership)) continue;
        const same = this.#membership?.generationId === membership.generationId;
        if (!same || this.#membership?.memberId !== membership.memberId) this.#buffer = [];
        this.#membership = membership;
        if (messages.length > 0) this.#buffer.push(...messages);
        this.#wake();
      }
    } catch (error) {
      this.#problem = { error };
      this.#wake();
    }
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
