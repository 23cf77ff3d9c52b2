import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startKafka } from '../../../scripts/kafka-server.ts';
import { createLog, parseConfig, startPostgres } from '../../../src/platform/index.ts';
import { startApp } from '../../../src/wiring.ts';
import { kafkaJars, kafkaMissing, sendToTopic } from '../../support/kafka.ts';
import { temporaryFolder } from '../../support/server.ts';

vi.setConfig({ testTimeout: 240_000 });
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
}, 120_000);

const log = createLog('silent');
const slow = { timeout: 90_000, interval: 100 };
const message = (i: number) => ({
  key: `k${i}`,
  value: JSON.stringify({ customer_message: `Die Rechnung ${i} fehlt`, ticket_id: `D-${i}` }),
});

describe.skipIf(kafkaJars === null)(
  `Kafka without the database${kafkaMissing === null ? '' : ` (skipped: ${kafkaMissing})`}`,
  () => {
    it('commits nothing while the database is away, and answers each once when it is back', async () => {
      const kafka = await startKafka(kafkaJars!);
      cleanUp.push(() => kafka.remove());
      const folder = temporaryFolder();
      cleanUp.push(folder.remove);
      let postgres = await startPostgres({ dataFolder: folder.path, log });
      cleanUp.push(() => postgres.stop());
      const config = parseConfig({
        PORT: '0',
        AUTO_SYNC_INTERVAL: '0',
        EMBEDDING_PROVIDER: 'none',
        SIGNALBOX_DATA: join(tmpdir(), 'signalbox-test-data'),
        DATABASE_URL: postgres.url,
        KAFKA_BROKERS: kafka.brokers,
      });
      const app = await startApp(config, { log });
      cleanUp.push(() => app.stop());
      const state = () => app.engine.streams.states().find(({ name }) => name === 'kafka')!;
      await sendToTopic(kafka.brokers, 'support_tickets', [message(0)]);
      await expect.poll(() => state().classified, slow).toBe(1);
      await postgres.stop();
      await sendToTopic(
        kafka.brokers,
        'support_tickets',
        Array.from({ length: 40 }, (_, i) => message(i + 1)),
      );
      await expect.poll(() => state().status, slow).toBe('waiting');
      expect(await kafka.readTopic('ticket_results')).toHaveLength(1);
      postgres = await startPostgres({ dataFolder: folder.path, log });
      await expect.poll(() => state().classified, slow).toBe(41);
      await expect.poll(() => state().status, slow).toBe('running');
      const ids = (await kafka.readTopic('ticket_results')).map(
        ({ value }) => (JSON.parse(value) as { ticket_id: string }).ticket_id,
      );
      expect(ids.toSorted()).toEqual(Array.from({ length: 41 }, (_, i) => `D-${i}`).toSorted());
      expect(await kafka.readTopic('support_tickets.dlq')).toEqual([]);
    });
  },
);
