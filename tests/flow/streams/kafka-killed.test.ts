import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { startKafka } from '../../../scripts/kafka-server.ts';
import { createTestDatabase } from '../../support/database.ts';
import { kafkaJars, kafkaMissing, sendToTopic } from '../../support/kafka.ts';
import { temporaryFolder } from '../../support/server.ts';
import { lendStarterModel, type ServerProcess, startServerProcess } from '../../support/server-process.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

const total = 2_000;
const messages = Array.from({ length: total }, (_, i) => ({
  key: `key-${i}`,
  value: JSON.stringify({
    customer_message: `${i % 2 === 0 ? 'I was charged twice, order' : 'Die App stürzt ab, Gerät'} ${i}`,
    ticket_id: `T-${i}`,
  }),
}));

describe.skipIf(kafkaJars === null)(
  `Kafka and death${kafkaMissing === null ? '' : ` (skipped: ${kafkaMissing})`}`,
  () => {
    it('stores each ticket once and shows each result once, whoever is killed and with the broker gone in between', async () => {
      const kafka = await startKafka(kafkaJars!);
      cleanUp.push(() => kafka.remove());
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      cleanUp.push(() => client.end());
      const stored = async () =>
        Number((await client.query<{ n: string }>('select count(*) n from intake.tickets')).rows[0]!.n);
      const storedAtLeast = async (count: number) => {
        while ((await stored()) < count) await wait(20);
      };
      const start = async (): Promise<ServerProcess> => {
        const folder = temporaryFolder();
        lendStarterModel(folder.path);
        const server = await startServerProcess({
          DATABASE_URL: database.url,
          SIGNALBOX_DATA: folder.path,
          KAFKA_BROKERS: kafka.brokers,
        });
        cleanUp.push(folder.remove, () => server.kill('SIGKILL'));
        return server;
      };
      const [first, second] = [await start(), await start()];
      const sending = sendToTopic(kafka.brokers, 'support_tickets', messages);
      await storedAtLeast(300);
      await first.kill('SIGKILL');
      await storedAtLeast(700);
      await kafka.stop();
      const third = await start();
      await kafka.start();
      await sending;
      await storedAtLeast(1_200);
      await second.kill('SIGKILL');
      await storedAtLeast(total);
      let results = await kafka.readTopic('ticket_results');
      while (results.length < total) results = await kafka.readTopic('ticket_results');
      const ids = results.map(({ value }) => (JSON.parse(value) as { ticket_id: string }).ticket_id);
      expect(new Set(ids).size).toBe(total);
      expect(ids).toHaveLength(total);
      expect(await stored()).toBe(total);
      // Each result is about the ticket that stands under this id.
      const { rows } = await client.query<{ id: string; client_ticket_id: string }>(
        'select id, client_ticket_id from intake.tickets',
      );
      const ours = new Map(rows.map((row) => [row.client_ticket_id, row.id]));
      for (const { value, key } of results) {
        const { ticket_id, result } = JSON.parse(value) as { ticket_id: string; result: { ticket_id: string } };
        expect(result.ticket_id).toBe(ours.get(ticket_id));
        expect(key).toBe(ticket_id.replace('T', 'key'));
      }
      expect(await third.kill('SIGTERM')).toBe(0);
      // A calm stop leaves nothing half done either.
      expect(await kafka.readTopic('ticket_results')).toHaveLength(total);
      expect(await kafka.readTopic('support_tickets.dlq')).toHaveLength(0);
    }, 300_000);
  },
);
