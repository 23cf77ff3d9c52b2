import { BatchSize, type Config, consumeKafka, type KafkaSettings, type Part, readTlsFiles } from './platform/index.ts';
import type { Running } from './running.ts';
import { createKafkaWork, type KafkaTopics } from './stream-kafka-work.ts';
import { SignalboxError } from './ticket/index.ts';

/** A retry waits for its time within a batch, so that batches of retries are small. */
const retryBatches = { least: 1, most: 20, targetMs: 1_000, step: 1 };

/**
 * Tickets of a Kafka topic, by a consumer group: the results of a batch and the place up to which it was read are one
 * transaction, made after the tickets are stored. A broker that does not answer is waited for; the server runs on.
 * @returns nothing where KAFKA_BROKERS is not set
 */
export function kafkaStream({ config, engine, parts, log }: Running): Part[] {
  if (config.KAFKA_BROKERS === undefined) return [];
  const settings = kafkaSettingsOf(config);
  const topics = kafkaTopicsOf(config);
  const { streams } = engine;
  const retryDelays = config.KAFKA_RETRY_SECONDS.map((seconds) => seconds * 1000);
  const work = createKafkaWork({ parts, topics, gauge: streams.kafka, retryDelays });
  const names = [topics.input, topics.output, topics.retry, topics.dead];
  const open = (group: string, topic: string, batch: BatchSize) =>
    consumeKafka({
      settings,
      group,
      topics: [topic],
      batch,
      work,
      newId: parts.newId,
      create: config.KAFKA_CREATE_TOPICS ? { names, partitions: config.KAFKA_PARTITIONS } : null,
      onBatch: () => undefined,
      onChange: ({ status, problem }) => {
        if (problem === null) log.info({ topic, status }, 'the Kafka stream');
        else log.warn({ topic, status, problem }, 'the Kafka stream waits for something; it is tried again');
      },
    });
  const start: Part['start'] = async () => {
    const batch = new BatchSize();
    const consumers = [
      open(config.KAFKA_GROUP, topics.input, batch),
      open(`${config.KAFKA_GROUP}.retry`, topics.retry, new BatchSize(retryBatches)),
    ];
    streams.watchKafka({ consumers, batch });
    return {
      async stop() {
        await Promise.all(consumers.map((consumer) => consumer.close()));
        streams.watchKafka(null);
      },
    };
  };
  return [{ name: 'kafka-stream', start }];
}

export const kafkaTopicsOf = ({ KAFKA_TOPIC_IN: input, KAFKA_TOPIC_OUT: output }: Config): KafkaTopics => ({
  input,
  output,
  retry: `${input}.retry`,
  dead: `${input}.dlq`,
});

/**
 * @throws `config-invalid` for half of a login, for files of TLS where TLS is off (who sets them believes that nobody
 * else reads the messages), or a file that cannot be read
 */
export function kafkaSettingsOf(config: Config): KafkaSettings {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  if (mechanism !== undefined && (username === undefined || password === undefined))
    throw new SignalboxError(
      'config-invalid',
      'KAFKA_SASL_MECHANISM is set; KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed with it.',
    );
  if (mechanism === undefined && (username !== undefined || password !== undefined))
    throw new SignalboxError(
      'config-invalid',
      'KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is set, but not how to log in. Set KAFKA_SASL_MECHANISM too.',
    );
  if (!config.KAFKA_SSL && [config.KAFKA_SSL_CA, config.KAFKA_SSL_CERT, config.KAFKA_SSL_KEY].some(isSet))
    throw new SignalboxError(
      'config-invalid',
      'A file of KAFKA_SSL_… is set, but KAFKA_SSL is false: everything would go to the brokers unencrypted. Set KAFKA_SSL=true.',
    );
  return {
    brokers: config.KAFKA_BROKERS ?? [],
    clientId: config.KAFKA_CLIENT_ID,
    tls: config.KAFKA_SSL ? tlsOf(config) : null,
    sasl: mechanism === undefined ? null : { mechanism, username: username ?? '', password: password ?? '' },
  };
}

const isSet = (value: string | undefined) => value !== undefined;

function tlsOf({ KAFKA_SSL_CA: ca, KAFKA_SSL_CERT: cert, KAFKA_SSL_KEY: key }: Config): KafkaSettings['tls'] {
  try {
    return readTlsFiles({ ca, cert, key });
  } catch (error) {
    const { path } = error as { path?: string };
    throw new SignalboxError('config-invalid', `The file ${path ?? ''} of KAFKA_SSL_… cannot be read.`, {
      cause: error,
    });
  }
}
