import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LlmClient, startLlmClient } from '../../../tests/support/llm-client.ts';
import {
  cut,
  drip,
  goodDecision,
  hang,
  json,
  rateLimited,
  reset,
  serverError,
  slow,
  startLlmServer,
} from '../../../tests/support/llm-server.ts';
import type { Timing } from './port.ts';

let client: LlmClient;
beforeAll(async () => {
  client = await startLlmClient();
});
afterAll(() => client.close());
beforeEach(() => client.forget());

/** Waits that take no time, are written down, and let the clock go on. The deadline's own sleep never ends. */
function noted(random = 0): { timing: Timing; waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  let first = true;
  const timing: Timing = {
    now: () => now,
    random: () => random,
    sleep: (milliseconds) => {
      if (first) {
        first = false;
        return new Promise(() => undefined);
      }
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
  return { timing, waits };
}

describe('what is tried again', () => {
  it('a 500 twice, with doubling waits, then it is good', async () => {
    client.server.script('decision', serverError(), serverError(503), json(goodDecision));
    const { timing, waits } = noted(0.5);
    expect(await client.ask({ timing })).toMatchObject({ ok: true, attempts: 3 });
    expect(waits).toEqual([187.5, 375]);
  });

  it('gives up after the third 500', async () => {
    client.server.script('decision', serverError());
    expect(await client.ask({ timing: noted().timing })).toMatchObject({
      ok: false,
      reason: 'server-error',
      detail: 'HTTP 500 (server_error)',
      attempts: 3,
    });
  });

  it('a 429 after the time the server asks for', async () => {
    client.server.script('decision', rateLimited(2), json(goodDecision));
    const { timing, waits } = noted();
    expect(await client.ask({ timing })).toMatchObject({ ok: true, attempts: 2 });
    expect(waits).toEqual([2000]);
  });

  it('a 429 without Retry-After by our own steps', async () => {
    client.server.script('decision', rateLimited());
    const { timing, waits } = noted();
    expect(await client.ask({ timing })).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 3 });
    expect(waits).toEqual([250, 500]);
  });

  it('not a 429 whose Retry-After lies behind the deadline', async () => {
    client.server.script('decision', rateLimited(60), json(goodDecision));
    const { timing, waits } = noted();
    expect(await client.ask({ timing })).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 1 });
    expect(waits).toEqual([]);
  });

  it('not a used-up quota', async () => {
    client.server.script('decision', { kind: 'status', status: 429, code: 'insufficient_quota' });
    expect(await client.ask()).toMatchObject({ ok: false, reason: 'rate-limited', attempts: 1 });
  });

  it.each([
    ['a body that breaks off', cut(), 'cut'],
    ['a closed connection', reset(), 'unreachable'],
  ])('%s once', async (_name, reply, reason) => {
    client.server.script('decision', reply, json(goodDecision));
    expect(await client.ask({ timing: noted().timing })).toMatchObject({ ok: true, attempts: 2 });
    client.server.script('decision', reply);
    expect(await client.ask({ timing: noted().timing })).toMatchObject({ ok: false, reason, attempts: 2 });
  });

  it('a server that is not there, once', async () => {
    const gone = await startLlmServer();
    await gone.close();
    const result = await client.ask({ baseUrl: gone.baseUrl, timing: noted().timing });
    expect(result).toMatchObject({ ok: false, reason: 'unreachable', attempts: 2 });
    expect(result).toMatchObject({ detail: 'no connection to the model server (ECONNREFUSED)' });
  });
});

describe('the deadline', () => {
  it.each([
    ['hangs', hang()],
    ['drips', drip()],
    ['is slower than that', slow(60_000, goodDecision)],
  ])('ends a call to a server that %s and closes its connection', async (_name, reply) => {
    client.server.script('decision', reply);
    const before = client.server.abandoned;
    const result = await client.ask({}, 80);
    expect(result).toMatchObject({ ok: false, reason: 'timeout', attempts: 1, milliseconds: 80 });
    await client.server.abandonedAtLeast(before + 1);
  });

  it("is never longer than the port's own time-out", async () => {
    client.server.script('decision', hang());
    expect(await client.ask({ timeoutMs: 50 }, 60_000)).toMatchObject({ reason: 'timeout', milliseconds: 50 });
  });

  it('counts the attempts made before it struck', async () => {
    client.server.script('decision', serverError(), hang());
    let strike = () => {};
    let sleeps = 0;
    const timing: Timing = {
      now: () => 0,
      random: () => 0,
      sleep: () => (++sleeps === 1 ? new Promise((resolve) => (strike = resolve)) : Promise.resolve()),
    };
    const second = client.server.request(client.server.requests.length + 2);
    const result = client.ask({ timing });
    await second;
    strike();
    expect(await result).toMatchObject({ ok: false, reason: 'timeout', attempts: 2 });
  });
});
