import { describe, expect, it } from 'vitest';
import type { PipelineParts } from './pipeline-parts.ts';
import type { KafkaMessage } from './platform/index.ts';
import { createKafkaWork } from './stream-kafka-work.ts';

const topics = { input: 'in', output: 'out', retry: 'in.retry', dead: 'in.dlq' };
const seen: [string, number][] = [];
/** Only what cannot be read comes here: no ticket is stored. */
const work = createKafkaWork({
  parts: { clock: { now: () => new Date(1_000_000) } } as unknown as PipelineParts,
  topics,
  retryDelays: [1_000],
  gauge: {
    connected: () => undefined,
    taken: () => undefined,
    seen: (outcome, count) => {
      if (count > 0) seen.push([outcome, count]);
    },
  },
});
const message = (value: string | Buffer | null, given: Partial<KafkaMessage> = {}): KafkaMessage => ({
  topic: 'in',
  topicId: 'id',
  partition: 2,
  offset: 41n,
  timestamp: 0,
  key: Buffer.from('k'),
  value: value === null ? null : Buffer.from(value),
  headers: new Map(),
  ...given,
});
const signal = new AbortController().signal;

describe('what a Kafka message becomes', () => {
  it('is a dead letter with its reason and its place when it cannot be read', async () => {
    const headers = new Map([
      ['trace', 't-1'],
      ['signalbox-source-topic', 'forged'],
    ]);
    const made = await work([message('no json', { headers }), message(null), message('{"ticket_id":"A"}')], signal);
    expect(made.map(({ topic, value }) => [topic, value.toString()])).toEqual([
      ['in.dlq', 'no json'],
      ['in.dlq', ''],
      ['in.dlq', '{"ticket_id":"A"}'],
    ]);
    expect(made[0]?.headers).toEqual({
      trace: 't-1',
      'signalbox-source-topic': 'in',
      'signalbox-source-partition': '2',
      'signalbox-source-offset': '41',
      'signalbox-attempts': '1',
      'signalbox-code': 'malformed-json',
      'signalbox-reason': 'Invalid JSON format',
    });
    expect(made[2]?.headers['signalbox-reason']).toBe("Missing required field: 'customer_message'");
    expect(seen).toEqual([['dead_letter', 3]]);
  });

  it('keeps the first place of a message that was tried before', async () => {
    const headers = new Map([
      ['signalbox-source-topic', 'in'],
      ['signalbox-source-partition', '7'],
      ['signalbox-source-offset', '99'],
      ['signalbox-attempts', '2'],
    ]);
    const [made] = await work([message('{', { topic: 'in.retry', headers })], signal);
    expect(made?.headers).toMatchObject({
      'signalbox-source-topic': 'in',
      'signalbox-source-partition': '7',
      'signalbox-source-offset': '99',
      'signalbox-attempts': '3',
    });
  });

  it('is cut when the brokers would not take it as a dead letter', async () => {
    const [made] = await work([message(Buffer.alloc(1_000_000, 'x'))], signal);
    expect(made?.value.length).toBe(512 * 1024);
    expect(made?.headers['signalbox-cut-from-bytes']).toBe('1000000');
  });

  it('is not read when no ticket has so many bytes', async () => {
    const value = JSON.stringify({ customer_message: 'Hello', metadata: { padding: 'x'.repeat(1_000_000) } });
    const [made] = await work([message(value)], signal);
    expect(made?.headers).toMatchObject({
      'signalbox-code': 'too-large',
      'signalbox-cut-from-bytes': String(value.length),
    });
  });

  it.each([
    ['key', { key: Buffer.alloc(900_000, 'k') }],
    ['header', { headers: new Map([['trace', 'x'.repeat(900_000)]]) }],
  ])('is a dead letter that the brokers take when its %s is large', async (_, given) => {
    const [made] = await work([message('{"customer_message":"Hello"}', given)], signal);
    expect(made).toMatchObject({ topic: 'in.dlq', value: Buffer.from('{"customer_message":"Hello"}') });
    expect(made?.headers).toMatchObject({ 'signalbox-code': 'too-large', 'signalbox-source-offset': '41' });
    const beside = JSON.stringify(made?.headers).length + (made?.key?.length ?? 0);
    expect(beside).toBeLessThan(2_000);
  });

  it('waits no longer than its longest pause, whatever a header says', async () => {
    const headers = new Map([['signalbox-not-before', String(1_000_000 + 20 * 86_400_000)]]);
    const began = performance.now();
    expect(await work([message('{', { topic: 'in.retry', headers })], signal)).toHaveLength(1);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('waits until its time when it comes from the retry topic', async () => {
    const headers = new Map([['signalbox-not-before', String(1_000_000 + 60_000)]]);
    const stopping = new AbortController();
    const waiting = work([message('{', { topic: 'in.retry', headers })], stopping.signal);
    const first = await Promise.race([waiting, new Promise((resolve) => setImmediate(() => resolve('waits')))]);
    expect(first).toBe('waits');
    stopping.abort();
    await expect(waiting).rejects.toThrow();
    // On the topic that anybody writes to the same header means nothing.
    expect(await work([message('{', { headers })], signal)).toHaveLength(1);
  });
});
