import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { node } from '../../support/serve-postgres.ts';
import { startReceiver } from '../../support/webhook-receiver.ts';
import { createWorld } from './world.ts';

const program = resolve(import.meta.dirname, '../../support/webhook-process.ts');

async function startProcess(url: string, owner: number) {
  const child = spawn(node, [program, url, String(owner)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function receiver() {
  const started = await startReceiver();
  onTestFinished(() => started.close());
  return started;
}

it('what a killed process was sending is sent by another one at once, under the same id', async () => {
  const world = await createWorld();
  const there = await receiver();
  there.behave(() => undefined);
  await world.add({ url: there.url });
  await world.happen();
  const first = await startProcess(world.url, 11);
  await there.until(1);
  there.behave((response) => response.writeHead(204).end());
  const second = await startProcess(world.url, 12);
  first.kill('SIGKILL');
  const killed = performance.now();
  await there.until(2);
  // Long before the first attempt would have run out of time.
  expect(performance.now() - killed).toBeLessThan(8_000);
  await expect.poll(async () => (await world.deliveries()).map((d) => d.status)).toEqual(['delivered']);
  const [one, again] = there.received;
  expect(again!.headers['webhook-id']).toBe(one!.headers['webhook-id']);
  expect(again!.body).toBe(one!.body);
  second.kill('SIGKILL');
});

it('two processes send each event once, in order, to each receiver', async () => {
  const world = await createWorld();
  const receivers = [await receiver(), await receiver(), await receiver()];
  for (const { url } of receivers) await world.add({ url });
  await Promise.all([startProcess(world.url, 21), startProcess(world.url, 22)]);
  const ids: string[] = [];
  for (let i = 0; i < 100; i++) ids.push(...(await world.happen()));
  for (const there of receivers) {
    const received = await there.until(ids.length);
    expect(received.map(({ body }) => JSON.parse(body).data.ticket_id)).toEqual(ids);
  }
  await expect
    .poll(async () => new Set((await world.deliveries()).map((d) => `${d.status} ${d.attempts}`)))
    .toEqual(new Set(['delivered 1']));
});

it('killed again and again while it sends, every event arrives', async () => {
  const world = await createWorld();
  const there = await receiver();
  await world.add({ url: there.url });
  const ids: string[] = [];
  for (let i = 0; i < 300; i++) ids.push(...(await world.happen()));
  for (let round = 1; round <= 4; round++) {
    const sender = await startProcess(world.url, 30 + round);
    await there.until(Math.min(ids.length, there.received.length + 20));
    const gone = once(sender, 'exit');
    sender.kill('SIGKILL');
    await gone;
  }
  await startProcess(world.url, 40);
  await expect.poll(async () => (await world.commands.list())[0]?.open, { timeout: 20_000 }).toBe(0);
  const arrived = new Map<string, Set<string>>();
  for (const { body, headers } of there.received) {
    const id = JSON.parse(body).data.ticket_id as string;
    arrived.set(id, (arrived.get(id) ?? new Set()).add(String(headers['webhook-id'])));
  }
  expect([...arrived.keys()]).toEqual(ids);
  // What came twice came under the same id: the receiver can tell.
  expect([...arrived.values()].every((under) => under.size === 1)).toBe(true);
  expect(there.received.length).toBeLessThanOrEqual(ids.length + 4);
}, 120_000);
