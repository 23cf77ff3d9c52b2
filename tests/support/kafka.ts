import { type MessageToProduce, Producer } from '@platformatic/kafka';
import { fetchKafka } from '../../scripts/kafka-server.ts';

const fetched = fetchKafka();

/** Where Kafka lies, or why there is none: the words stand in the name of what is skipped. */
export const kafkaJars = 'jars' in fetched ? fetched.jars : null;
export const kafkaMissing = 'missing' in fetched ? fetched.missing : null;

/** Sends texts, in batches, as one producer; what the broker did not take is sent again. */
export async function sendToTopic(
  brokers: string,
  topic: string,
  messages: readonly { readonly key: string; readonly value: string }[],
): Promise<void> {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [brokers],
    idempotent: true,
    retries: 200,
    retryDelay: 100,
  });
  try {
    for (let i = 0; i < messages.length; i += 100) {
      const batch = messages
        .slice(i, i + 100)
        .map(({ key, value }): MessageToProduce => ({ topic, key: Buffer.from(key), value: Buffer.from(value) }));
      await producer.send({ messages: batch });
    }
  } finally {
    await producer.close(true);
  }
}
