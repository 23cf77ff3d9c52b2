import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { receiver, status } from './receivers.ts';
import { createWorld, hour, minute, second } from './world.ts';

const headersOf = (one: { headers: object }) => one.headers as Record<string, string>;

describe('retries', () => {
  it('come after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h and 20 h, under one id, until it is dead; then on request', async () => {
    const world = await createWorld();
    const there = await receiver(status(500));
    const { webhook, secret } = await world.add({ url: there.url });
    await world.happen();
    await world.send();
    const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour];
    for (const [i, wait] of waits.entries()) {
      world.pass(wait - second);
      await world.send();
      expect(there.received).toHaveLength(i + 1);
      world.pass(second);
      await world.send();
      expect(there.received).toHaveLength(i + 2);
    }
    const [dead] = await world.deliveries();
    expect(dead).toMatchObject({ status: 'dead', attempts: 9, lastStatus: 500, lastResponse: 'answer 500' });
    world.pass(100 * hour);
    await world.send();
    expect(there.received).toHaveLength(9);
    there.behave(status(204));
    expect(await world.commands.replayDead(webhook.id, 'Ada')).toBe(1);
    await world.send();
    expect(await world.deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
    expect(new Set(there.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead!.id]));
    expect(new Set(there.received.map(({ body }) => body)).size).toBe(1);
    expect(new Webhook(secret).sign(dead!.id, world.clock.now(), there.received[9]!.body)).toBe(
      headersOf(there.received[9]!)['webhook-signature'],
    );
  });

  it('wait as long as Retry-After asks, and the receiver is left alone until then', async () => {
    const world = await createWorld();
    const there = await receiver(status(429, { 'retry-after': '600' }));
    await world.add({ url: there.url });
    await world.happen();
    await world.send();
    await world.happen();
    world.pass(9 * minute);
    await world.send();
    expect(there.received).toHaveLength(1);
    there.behave(status(204));
    world.pass(minute);
    await world.send();
    expect((await world.deliveries()).map((d) => d.status)).toEqual(['delivered', 'delivered']);
  });

  it('after 410 none: the webhook is switched off with a reason, in the ledger too, and on again on request', async () => {
    const world = await createWorld();
    const there = await receiver(status(410));
    const { webhook } = await world.add({ url: there.url });
    await world.happen();
    await world.happen();
    await world.send();
    expect(there.received).toHaveLength(1);
    expect((await world.commands.list())[0]).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/410/),
    });
    const { rows } = await sql`select actor, data from platform.ledger where action = 'webhook-disabled'`.execute(
      world.database.db,
    );
    expect(rows).toEqual([{ actor: 'signalbox', data: { reason: expect.stringMatching(/410/) } }]);
    // Off, it hears of nothing new; what waited goes out when it is on again.
    await world.happen();
    await world.send();
    await expect(world.commands.replayDead(webhook.id, 'Ada')).rejects.toMatchObject({ code: 'invalid-state' });
    there.behave(status(204));
    await world.commands.change(webhook.id, { enabled: true }, 'Ada');
    await world.send();
    expect((await world.deliveries()).map((d) => d.status).sort()).toEqual(['dead', 'delivered']);
  });

  it('a webhook that takes nothing for five days is switched off', async () => {
    const world = await createWorld();
    const there = await receiver(status(503));
    await world.add({ url: there.url });
    for (let day = 0; day < 6; day++) {
      expect((await world.commands.list())[0]?.enabled).toBe(true);
      await world.happen();
      await world.send();
      world.pass(12 * hour);
      await world.send();
      world.pass(12 * hour);
    }
    expect((await world.commands.list())[0]).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/five days/),
    });
  });
});

describe('the signing secret', () => {
  it('is replaced with a day during which both verify', async () => {
    const world = await createWorld();
    const there = await receiver();
    const { webhook, secret: old } = await world.add({ url: there.url });
    const { secret: fresh } = await world.commands.rotate(webhook.id, 'Ada');
    expect(fresh).not.toBe(old);
    await world.happen();
    await world.send();
    for (const secret of [old, fresh])
      new Webhook(secret).verify(there.received[0]!.body, headersOf(there.received[0]!));
    world.pass(24 * hour);
    await world.happen();
    await world.send();
    const { headers, body } = there.received[1]!;
    const id = String(headers['webhook-id']);
    expect(headers['webhook-signature']).toBe(new Webhook(fresh).sign(id, world.clock.now(), body));
  });
});

describe('addresses', () => {
  it('a name that points elsewhere at the moment of sending is not spoken to', async () => {
    // Public while it is looked at, the own machine when the connection is made: only the latter is asked here.
    const world = await createWorld({
      allowPrivate: false,
      lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const there = await receiver();
    await world.add({ url: `https://rebinding.invalid:${new URL(there.url).port}/` });
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([
      { status: 'failed', lastError: expect.stringMatching(/private and loopback addresses are refused/) },
    ]);
    expect(there.received).toHaveLength(0);
  });

  it('what was made while private addresses were allowed is refused when they no longer are', async () => {
    const world = await createWorld({ allowPrivate: false });
    const there = await receiver();
    const { webhook } = await world.add({ url: 'https://receiver.invalid/' });
    await sql`update routing.webhooks set url = ${there.url} where id = ${webhook.id}`.execute(world.database.db);
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([{ status: 'failed', lastError: expect.stringMatching(/https/) }]);
    expect(there.received).toHaveLength(0);
  });
});

describe('order', () => {
  it('is that of the events, as long as nothing fails', async () => {
    const world = await createWorld();
    const there = await receiver();
    await world.add({ url: there.url });
    const ids: string[] = [];
    for (let i = 0; i < 40; i++) ids.push(...(await world.happen()));
    await world.send();
    expect(there.received.map(({ body }) => JSON.parse(body).data.ticket_id)).toEqual(ids);
  });

  it('a receiver that came later hears of nothing that was before', async () => {
    const world = await createWorld();
    const [first, later] = [await receiver(), await receiver()];
    await world.add({ url: first.url });
    await world.happen();
    world.pass(second);
    await world.add({ url: later.url });
    await world.send();
    expect([first.received.length, later.received.length]).toEqual([1, 0]);
  });

  it('stands while webhooks come, change and go as it sends: who stays hears everything', async () => {
    const world = await createWorld();
    const [there, ill] = [await receiver(), await receiver(status(410))];
    await world.add({ url: there.url });
    const ids: string[] = [];
    let over = false;
    const comeAndGo = async () => {
      while (!over) {
        const { webhook } = await world.add({ url: ill.url });
        await world.happen('ticket-reopened');
        await world.commands.change(webhook.id, { language: 'de', enabled: true }, 'Ada');
        await world.commands.rotate(webhook.id, 'Ada');
        await world.commands.remove(webhook.id, 'Ada');
      }
    };
    const look = async () => {
      while (!over) await world.sender.look();
    };
    const others = Promise.all([comeAndGo(), comeAndGo(), comeAndGo(), look()]);
    for (let i = 0; i < 60; i++) ids.push(...(await world.happen()));
    over = true;
    await others;
    await world.send();
    const told = there.received.map(({ body }) => JSON.parse(body)).filter(({ type }) => type === 'ticket.resolved');
    expect(told.map(({ data }) => data.ticket_id)).toEqual(ids);
  });
});
