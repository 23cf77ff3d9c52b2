/** A process that sends webhooks until it is ended: the database's url and its own number are its arguments. */
import { setTimeout } from 'node:timers/promises';
import { announcePresence, createLog, newId, openDatabase, systemClock } from '../../src/platform/index.ts';
import { createPoster, createWebhookSender } from '../../src/routing/index.ts';

const [url = '', owner = ''] = process.argv.slice(2);
const database = openDatabase(url);
await announcePresence(url, Number(owner), console.error);
const sender = createWebhookSender({
  ...{ database, clock: systemClock, newId, owner: Number(owner) },
  log: createLog('error'),
  post: createPoster({ allowPrivate: true }),
  random: Math.random,
  observe: () => undefined,
});
process.stdout.write('ready\n');
for (;;) {
  await sender.look();
  await setTimeout(20);
}
