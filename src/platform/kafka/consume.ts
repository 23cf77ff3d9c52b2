import { setTimeout as wait } from 'node:timers/promises';
import type { BatchSize } from '../batch-size.ts';
import type { Session, SessionOptions } from './session.ts';
import { clientOptions, type KafkaSettings } from './settings.ts';
import type { TopicWish } from './topics.ts';

export interface ConsumeOptions extends Pick<SessionOptions, 'group' | 'topics' | 'work' | 'onBatch'> {
  readonly settings: KafkaSettings;
  readonly batch: BatchSize;
  readonly newId: () => string;
  /** Topics that are created where they are missing; null: whoever runs Kafka does that. */
  readonly create: TopicWish | null;
  /** Once for each change, not for each try. */
  readonly onChange: (state: ConsumerState) => void;
}

export interface ConsumerState {
  /** waiting: something does not answer and is tried again. */
  readonly status: 'connecting' | 'running' | 'waiting';
  readonly problem: string | null;
}

export interface KafkaConsumer {
  state(): ConsumerState;
  lags(): ReturnType<Session['lags']>;
  /** Finishes the batch in hand and leaves the group. */
  close(): Promise<void>;
}

/** Milliseconds between two sessions. */
const pauses = { first: 250, most: 5_000 } as const;

/** Consumes until it is closed, whatever Kafka does meanwhile: connecting → running → (waiting → connecting)*. */
export function consumeKafka(options: ConsumeOptions): KafkaConsumer {
  const closing = new AbortController();
  const { signal } = closing;
  let state: ConsumerState = { status: 'connecting', problem: null };
  let session: Session | null = null;
  const change = (next: ConsumerState) => {
    const told = state.status === next.status && state.problem === next.problem;
    state = next;
    if (!told) options.onChange(next);
  };
  const running = keepConsuming(options, {
    signal,
    change,
    onSession: (next) => {
      session = next;
    },
  });
  return {
    state: () => state,
    lags: () => session?.lags() ?? [],
    async close() {
      closing.abort();
      await running;
    },
  };
}

interface Keeping {
  readonly signal: AbortSignal;
  readonly change: (state: ConsumerState) => void;
  readonly onSession: (session: Session | null) => void;
}

async function keepConsuming(options: ConsumeOptions, { signal, change, onSession }: Keeping): Promise<void> {
  let pause: number = pauses.first;
  const onTrouble = (error: unknown) =>
    change(error === null ? { status: 'running', problem: null } : { status: 'waiting', problem: wordsOf(error) });
  while (!signal.aborted) {
    try {
      // The client of Kafka takes its time to load, and most installations have no Kafka.
      const [{ openSession }, { createMissingTopics }] = await Promise.all([
        import('./session.ts'),
        import('./topics.ts'),
      ]);
      const client = clientOptions(options.settings);
      if (options.create !== null) await createMissingTopics(client, options.create);
      const transactionalId = `${options.group}-${options.newId()}`;
      const session = await openSession({ ...options, client, transactionalId, onTrouble, signal });
      onSession(session);
      change({ status: 'running', problem: null });
      const began = performance.now();
      await session.done.finally(() => onSession(null));
      if (performance.now() - began > pauses.most) pause = pauses.first;
    } catch (error) {
      change({ status: 'waiting', problem: wordsOf(error) });
      await wait(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(pauses.most, pause * 2);
    }
  }
}

/** The innermost reason: "Connection to 127.0.0.1:9092 failed." says more than "Listing topics failed 21 times." */
function wordsOf(error: unknown): string {
  let innermost = error;
  for (let depth = 0; depth < 10; depth++) {
    const { errors, cause } = innermost as { errors?: readonly unknown[]; cause?: unknown };
    const next = errors?.at(-1) ?? cause;
    if (next === undefined || next === null) break;
    innermost = next;
  }
  return innermost instanceof Error ? innermost.message : String(innermost);
}
