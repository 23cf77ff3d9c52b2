import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface StreamMetrics {
  readonly messages: Counter<'stream' | 'outcome'>;
  readonly seconds: Histogram<'stream'>;
  readonly batchSize: Gauge<'stream'>;
  readonly lag: Gauge<'stream'>;
  readonly connections: Gauge<'stream'>;
  readonly running: Gauge<'stream'>;
}

/**
 * Metrics of streams, beside those of createMetrics. Once per registry.
 * @param collect called before they are read, to set those that are a state
 */
export function createStreamMetrics(registry: Registry, collect: () => void): StreamMetrics {
  const registers = [registry];
  const labelNames = ['stream'] as const;
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `signalbox_stream_${name}`, help, labelNames, registers });
  const batchSize = new Gauge({
    name: 'signalbox_stream_batch_size',
    help: 'Most messages of the next batch',
    labelNames,
    registers,
    collect,
  });
  return {
    messages: new Counter({
      name: 'signalbox_stream_messages_total',
      help: 'Messages of streams by what became of them',
      labelNames: ['stream', 'outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'signalbox_stream_duration_seconds',
      help: 'Time from taking a message to its result',
      labelNames,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    batchSize,
    lag: gauge('lag_messages', 'Messages that are not read yet, of the partitions of this process'),
    connections: gauge('connections', 'Open connections of a stream'),
    running: gauge('running', '1 while the stream runs, 0 while it waits for something'),
  };
}
