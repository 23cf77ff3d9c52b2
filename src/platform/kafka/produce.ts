import { clientOptions, type KafkaSettings } from './settings.ts';

export interface KafkaProducer {
  /** Resolves when the brokers have written them all. */
  send(messages: readonly { readonly key: string; readonly value: string }[]): Promise<void>;
  close(): Promise<void>;
}

/** Sends texts to one topic; the brokers write each once, however often the client has to repeat itself. */
export async function openKafkaProducer(settings: KafkaSettings, topic: string): Promise<KafkaProducer> {
  const { Producer } = await import('@platformatic/kafka');
  const producer = new Producer({ ...clientOptions(settings), idempotent: true });
  return {
    async send(messages) {
      if (messages.length === 0) return;
      const all = messages.map(({ key, value }) => ({ topic, key: Buffer.from(key), value: Buffer.from(value) }));
      await producer.send({ messages: all });
    },
    close: () => producer.close(true),
  };
}
