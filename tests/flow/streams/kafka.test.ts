import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type KafkaServer, startKafka } from '../../../scripts/kafka-server.ts';
import { kafkaJars, kafkaMissing, sendToTopic } from '../../support/kafka.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

// A broker, a server and Kafka's own reader start for these, on a machine that may have other work.
vi.setConfig({ testTimeout: 240_000 });

interface Streams {
  streams: {
    name: string;
    status: string;
    detail: string;
    classified: number;
    dead_letters: number;
    retried: number;
  }[];
}

const slow = { timeout: 90_000, interval: 100 };

const kafkaState = async (server: TestServer) =>
  (await server.call<Streams>('GET', '/streams')).body.streams.find(({ name }) => name === 'kafka')!;

describe.skipIf(kafkaJars === null)(
  `the Kafka stream${kafkaMissing === null ? '' : ` (skipped: ${kafkaMissing})`}`,
  () => {
    let kafka: KafkaServer;
    let server: TestServer;
    beforeAll(async () => {
      kafka = await startKafka(kafkaJars!);
      server = await startTestServer({ KAFKA_BROKERS: kafka.brokers, KAFKA_RETRY_SECONDS: '1,1' });
    }, 180_000);
    afterAll(async () => {
      await server?.stop();
      await kafka?.remove();
    });
    const counted = {
      ticket_results: 'classified',
      'support_tickets.dlq': 'dead_letters',
      'support_tickets.retry': 'retried',
    } as const;
    /** Counted first: Kafka's own reader takes seconds to start. */
    const readUntil = async (topic: keyof typeof counted, count: number) => {
      await expect.poll(async () => (await kafkaState(server))[counted[topic]], slow).toBeGreaterThanOrEqual(count);
      let messages = await kafka.readTopic(topic);
      while (messages.length < count) messages = await kafka.readTopic(topic);
      return messages;
    };

    it('answers frames and bodies of /route, in English and German', async () => {
      await sendToTopic(kafka.brokers, 'support_tickets', [
        { key: 'a', value: JSON.stringify({ customer_message: 'I was charged twice', ticket_id: 'K-1' }) },
        {
          key: 'b',
          value: JSON.stringify({ subject: 'Rechnung', body: 'Mir wurde doppelt abgebucht', ticket_id: 'K-2' }),
        },
      ]);
      const results = await readUntil('ticket_results', 2);
      const byKey = new Map(results.map(({ key, value, headers }) => [key, { ...JSON.parse(value), headers }]));
      expect(byKey.get('a')).toMatchObject({
        status: 'classified',
        ticket_id: 'K-1',
        result: { client_ticket_id: 'K-1', category: 'Billing', language: 'en' },
        headers: { 'signalbox-source-topic': 'support_tickets', 'signalbox-client-ticket-id': 'K-1' },
      });
      expect(byKey.get('b')).toMatchObject({ ticket_id: 'K-2', result: { category: 'Billing', language: 'de' } });
      const { result } = byKey.get('a') as { result: { ticket_id: string } };
      const { body } = await server.call<{ channel: string }>('GET', `/tickets/${result.ticket_id}`);
      expect(body.channel).toBe('stream');
    });

    it('puts what cannot be read among the dead letters, as it came, with the words of the contract', async () => {
      await sendToTopic(kafka.brokers, 'support_tickets', [
        { key: '1', value: 'no json' },
        { key: '2', value: '{"ticket_id":"K-9"}' },
        { key: '3', value: JSON.stringify({ customer_message: 'Other words', ticket_id: 'K-1' }) },
        { key: '4', value: JSON.stringify({ customer_message: 'The app crashes', ticket_id: 'K-4' }) },
      ]);
      const dead = await readUntil('support_tickets.dlq', 3);
      const reasons = Object.fromEntries(dead.map(({ key, headers }) => [key, headers['signalbox-reason']]));
      expect(reasons).toEqual({
        1: 'Invalid JSON format',
        2: "Missing required field: 'customer_message'",
        3: expect.stringContaining('"K-1" was used for a ticket with other content') as string,
      });
      expect(dead.find(({ key }) => key === '1')?.value).toBe('no json');
      // What stands beside them is answered.
      const results = await readUntil('ticket_results', 3);
      expect(results.map(({ value }) => (JSON.parse(value) as { ticket_id: string }).ticket_id)).toContain('K-4');
    });

    it('tries again later what failed for a reason nobody foresaw, and gives up after the last try', async () => {
      const client = new pg.Client({ connectionString: server.databaseUrl });
      await client.connect();
      // A sequence counts on when a transaction is rolled back: the second message fails once.
      await client.query(`
        create sequence poison_tries;
        create function fail_on_poison() returns trigger language plpgsql as $$ begin
          if new.body = 'poison for good' or (new.body = 'poison once' and nextval('poison_tries') = 1)
          then raise exception 'refused by the test'; end if; return new; end $$;
        create trigger fail_on_poison before insert on intake.tickets for each row execute function fail_on_poison()`);
      await client.end();
      await sendToTopic(kafka.brokers, 'support_tickets', [
        { key: 'p1', value: JSON.stringify({ customer_message: 'poison for good', ticket_id: 'P-1' }) },
        { key: 'ok', value: JSON.stringify({ customer_message: 'Where is my invoice?', ticket_id: 'P-2' }) },
      ]);
      const dead = await readUntil('support_tickets.dlq', 4);
      expect(dead.find(({ key }) => key === 'p1')?.headers).toMatchObject({
        'signalbox-attempts': '3',
        'signalbox-code': 'internal',
        'signalbox-source-topic': 'support_tickets',
      });
      await sendToTopic(kafka.brokers, 'support_tickets', [
        { key: 'p3', value: JSON.stringify({ customer_message: 'poison once', ticket_id: 'P-3' }) },
      ]);
      const retried = await readUntil('support_tickets.retry', 3);
      expect(retried.filter(({ key }) => key === 'p3')).toHaveLength(1);
      const results = await readUntil('ticket_results', 5);
      const ids = results.map(({ value }) => (JSON.parse(value) as { ticket_id: string }).ticket_id);
      expect(ids.toSorted()).toEqual(['K-1', 'K-2', 'K-4', 'P-2', 'P-3']);
    });

    it('waits for a broker that is away, says so, and goes on', async () => {
      await kafka.stop();
      await expect.poll(async () => (await kafkaState(server)).status, slow).toBe('waiting');
      expect((await kafkaState(server)).detail).not.toBe('');
      const { body } = await server.call<{ status: string; components: Record<string, { status: string }> }>(
        'GET',
        '/health',
      );
      expect(body).toMatchObject({ status: 'degraded', components: { kafka: { status: 'degraded' } } });
      await kafka.start();
      await sendToTopic(kafka.brokers, 'support_tickets', [
        { key: 'again', value: JSON.stringify({ customer_message: 'Password reset fails', ticket_id: 'W-1' }) },
      ]);
      const results = await readUntil('ticket_results', 6);
      expect(results.filter(({ key }) => key === 'again')).toHaveLength(1);
    });
  },
);

describe.skipIf(kafkaJars === null)('the way to the broker', () => {
  let kafka: KafkaServer;
  beforeAll(async () => {
    kafka = await startKafka(kafkaJars!);
  }, 180_000);
  afterAll(() => kafka?.remove());

  it.each([
    { name: 'TLS and SCRAM', secure: true, mechanism: 'SCRAM-SHA-256' },
    { name: 'SASL PLAIN', secure: false, mechanism: 'PLAIN' },
  ])('goes by $name', async ({ name, secure, mechanism }) => {
    expect(readFileSync(kafka.ca, 'utf8')).toContain('CERTIFICATE');
    const topic = `in-${mechanism}`;
    const server = await startTestServer({
      KAFKA_BROKERS: secure ? kafka.secureBrokers : kafka.saslBrokers,
      KAFKA_TOPIC_IN: topic,
      KAFKA_TOPIC_OUT: `out-${mechanism}`,
      KAFKA_GROUP: mechanism,
      ...(secure ? { KAFKA_SSL: 'true', KAFKA_SSL_CA: kafka.ca } : {}),
      KAFKA_SASL_MECHANISM: mechanism,
      KAFKA_SASL_USERNAME: kafka.user.name,
      KAFKA_SASL_PASSWORD: kafka.user.password,
    });
    try {
      await expect.poll(async () => (await kafkaState(server)).status, slow).toBe('running');
      await sendToTopic(kafka.brokers, topic, [{ key: name, value: JSON.stringify({ customer_message: 'Refund?' }) }]);
      await expect.poll(() => kafka.readTopic(`out-${mechanism}`), slow).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });

  it('says that a password is wrong, and the server runs all the same', async () => {
    const server = await startTestServer({
      KAFKA_BROKERS: kafka.saslBrokers,
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_SASL_USERNAME: kafka.user.name,
      KAFKA_SASL_PASSWORD: 'wrong',
    });
    try {
      await expect.poll(async () => (await kafkaState(server)).status, slow).toBe('waiting');
      expect((await kafkaState(server)).detail).toMatch(/authentication/i);
      expect((await server.call('POST', '/route', { subject: 'Invoice', body: 'Where is it?' })).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
