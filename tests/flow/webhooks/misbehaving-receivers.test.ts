import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../support/self-signed.ts';
import { type Behaviour, startReceiver } from '../../support/webhook-receiver.ts';
import { receiver, status } from './receivers.ts';
import { createWorld } from './world.ts';

describe('a receiver that misbehaves', () => {
  const refusals: [string, Behaviour, object][] = [
    ['hangs', () => undefined, { lastStatus: null, lastError: 'no answer within 1.5 s' }],
    [
      'cuts the connection',
      (response) => response.socket?.destroy(),
      { lastStatus: null, lastError: expect.stringMatching(/cut/) },
    ],
    [
      'speaks no HTTP',
      (response) => response.socket?.end('hello\r\n\r\n'),
      { lastStatus: null, lastError: expect.stringMatching(/HTTP|failed/) },
    ],
    [
      'redirects into the network',
      status(307, { location: 'http://169.254.169.254/latest/meta-data' }),
      { lastStatus: 307, lastError: null },
    ],
  ];
  it.each(refusals)('%s: it is a failure, to be tried again', async (_, behaviour, expected) => {
    const world = await createWorld();
    const there = await receiver(behaviour);
    await world.add({ url: there.url });
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([{ status: 'failed', attempts: 1, ...expected }]);
    expect(there.received).toHaveLength(1);
  });

  it('sends gigabytes: 64 kB are read and 500 characters kept', async () => {
    const world = await createWorld();
    let sent = 0;
    const there = await receiver((response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    });
    await world.add({ url: there.url });
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([{ status: 'delivered', lastResponse: 'x'.repeat(500) }]);
    expect(sent).toBeLessThan(20_000_000);
  });

  it('drips after its 200: the status counts, and the time-out ends it', async () => {
    const world = await createWorld();
    const there = await receiver((response) => {
      response.writeHead(200).write('.');
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
    });
    await world.add({ url: there.url });
    await world.happen();
    await world.send();
    const [delivery] = await world.deliveries();
    expect(delivery).toMatchObject({ status: 'delivered', lastStatus: 200 });
    expect(delivery!.milliseconds).toBeLessThan(10_000);
  });

  it('has a certificate that nobody has signed: nothing is sent to it', async () => {
    const world = await createWorld();
    const there = await startReceiver(selfSigned('receiver'));
    onTestFinished(() => there.close());
    await world.add({ url: there.url });
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([
      { status: 'failed', lastStatus: null, lastError: expect.stringMatching(/certificate is signed by nobody/) },
    ]);
    expect(there.received).toHaveLength(0);
  });

  it('is no server of TLS: nothing is sent to it', async () => {
    const world = await createWorld();
    const there = await receiver();
    await world.add({ url: there.url.replace('http:', 'https:') });
    await world.happen();
    await world.send();
    expect(await world.deliveries()).toMatchObject([{ status: 'failed', lastStatus: null }]);
    expect(there.received).toHaveLength(0);
  });

  it('holds up no other receiver', async () => {
    const world = await createWorld();
    const [hanging, well] = [await receiver(() => undefined), await receiver()];
    await world.add({ url: hanging.url });
    await world.add({ url: well.url });
    await world.happen('ticket-resolved');
    await world.sender.look();
    await hanging.until(1);
    for (let i = 0; i < 20; i++) await world.happen();
    await world.sender.look();
    await well.until(21);
    expect(hanging.received).toHaveLength(1);
    await world.sender.idle();
  });
});
