export { type ConsumerState, consumeKafka, type KafkaConsumer } from './consume.ts';
export type { KafkaMessage, KafkaProduction } from './messages.ts';
export { openKafkaProducer } from './produce.ts';
export { type KafkaSettings, readTlsFiles } from './settings.ts';
