import type { ComponentHealth, StreamGauge, StreamState } from './api/index.ts';
import type { Check } from './health.ts';
import {
  type BatchSize,
  type Config,
  createStreamMetrics,
  type KafkaConsumer,
  type Metrics,
  Throughput,
} from './platform/index.ts';

type Outcome = 'classified' | 'refused' | 'retried' | 'dead_letter';

/** What a stream tells of itself. */
export interface Gauge extends StreamGauge {
  /** `count` messages that came to this after `milliseconds`. */
  seen(outcome: Outcome, count: number, milliseconds: number): void;
}

/** What GET /streams, GET /health and the metrics tell of the streams of this process. */
export interface StreamBoard {
  readonly sockets: Gauge;
  readonly kafka: Gauge;
  /** Gives the board the consumers of Kafka while they run; null when they have ended. */
  watchKafka(watched: { readonly consumers: readonly KafkaConsumer[]; readonly batch: BatchSize } | null): void;
  watchSockets(batch: BatchSize): void;
  states(): StreamState[];
}

type KafkaPlace = 'not_configured' | 'elsewhere' | 'here';

/** Where this process finds the consumers of Kafka, if anywhere. */
export function kafkaPlaceOf({ KAFKA_BROKERS, SIGNALBOX_ROLE }: Config): KafkaPlace {
  if (KAFKA_BROKERS === undefined) return 'not_configured';
  return SIGNALBOX_ROLE === 'api' ? 'elsewhere' : 'here';
}

export function createStreamBoard(metrics: Metrics, kafkaPlace: KafkaPlace): StreamBoard {
  const of = createStreamMetrics(metrics.registry, () => collect());
  const sockets = createGauge('websocket', of);
  const kafka = createGauge('kafka', of);
  let socketBatch: BatchSize | null = null;
  let watched: Parameters<StreamBoard['watchKafka']>[0] = null;
  const lags = () => watched?.consumers.flatMap((consumer) => consumer.lags()) ?? [];
  const states = (): StreamState[] => [
    { ...sockets.state(), status: 'running', detail: '', batch_size: socketBatch?.size ?? 0, lag: [] },
    {
      ...kafka.state(),
      ...kafkaStatus(kafkaPlace, watched?.consumers ?? []),
      batch_size: watched?.batch.size ?? 0,
      lag: lags(),
    },
  ];
  const collect = () => {
    for (const { name, status, batch_size, lag } of states()) {
      if (status === 'not_configured' || status === 'elsewhere') continue;
      of.lag.set(
        { stream: name },
        lag.reduce((sum, one) => sum + one.lag, 0),
      );
      of.batchSize.set({ stream: name }, batch_size);
      of.running.set({ stream: name }, status === 'running' ? 1 : 0);
    }
  };
  return {
    sockets,
    kafka,
    states,
    watchKafka(next) {
      watched = next;
    },
    watchSockets(batch) {
      socketBatch = batch;
    },
  };
}

function kafkaStatus(place: KafkaPlace, consumers: readonly KafkaConsumer[]): Pick<StreamState, 'status' | 'detail'> {
  if (place === 'not_configured') return { status: place, detail: 'KAFKA_BROKERS is not set' };
  if (place === 'elsewhere') return { status: place, detail: 'processes with the role worker read it' };
  const states = consumers.map((consumer) => consumer.state());
  const troubled = states.find(({ status }) => status === 'waiting');
  if (troubled !== undefined) return { status: 'waiting', detail: troubled.problem ?? '' };
  const running = states.length > 0 && states.every(({ status }) => status === 'running');
  return { status: running ? 'running' : 'connecting', detail: '' };
}

function createGauge(
  name: 'websocket' | 'kafka',
  metrics: ReturnType<typeof createStreamMetrics>,
): Gauge & { state(): Omit<StreamState, 'status' | 'detail' | 'batch_size' | 'lag'> } {
  const counts: Record<Outcome, number> = { classified: 0, refused: 0, retried: 0, dead_letter: 0 };
  const throughput = new Throughput();
  let connections = 0;
  let waiting = 0;
  const connected = (change: number) => {
    connections += change;
    metrics.connections.set({ stream: name }, connections);
  };
  return {
    connected,
    taken: (change) => {
      waiting += change;
    },
    seen(outcome, count, milliseconds) {
      if (count === 0) return;
      counts[outcome] += count;
      metrics.messages.inc({ stream: name, outcome }, count);
      if (outcome !== 'classified') return;
      throughput.observe(count, { now: Date.now(), milliseconds });
      metrics.seconds.observe({ stream: name }, milliseconds / 1000);
    },
    state() {
      const { lastSecond, lastMinute, p50, p99 } = throughput.rates(Date.now());
      return {
        name,
        connections,
        waiting,
        per_second: { last_second: lastSecond, last_minute: lastMinute },
        latency_ms: { p50, p99 },
        classified: counts.classified,
        refused: counts.refused,
        retried: counts.retried,
        dead_letters: counts.dead_letter,
      };
    },
  };
}

/** For GET /health, in processes that read Kafka. Addresses of brokers are for who is on this machine. */
export function kafkaCheck({ streams }: { streams: StreamBoard }, loopback: boolean): Check[] {
  const stateOf = () => streams.states().find(({ name }) => name === 'kafka')!;
  const here = !['not_configured', 'elsewhere'].includes(stateOf().status);
  const ask = (): ComponentHealth => {
    const { status, detail, lag } = stateOf();
    const behind = lag.reduce((sum, one) => sum + one.lag, 0);
    if (status === 'running') return { status: 'ok', detail: `${behind} messages are not read yet` };
    const waits = status === 'connecting' ? 'connecting' : 'waits for something and tries again';
    return { status: 'degraded', detail: loopback && detail !== '' ? `${waits}: ${detail}` : waits };
  };
  return here ? [{ name: 'kafka', otherwise: 'degraded', ask }] : [];
}
