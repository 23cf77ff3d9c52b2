import { describe, expect, it } from 'vitest';
import { type Batch, BatchQueue } from './batch-queue.ts';

/** A queue whose model is the test: every batch sent is kept until `answer` gives its rows (a text's own number). */
function open(batch = 2) {
  const sent: Batch[] = [];
  let idle = 0;
  const queue = new BatchQueue({
    dimension: 1,
    maxTokens: 8,
    batch,
    send: (next) => sent.push(next),
    idle: () => {
      idle += 1;
    },
  });
  const answer = (): void => {
    const { number, texts } = sent.at(-1)!;
    queue.finish(number, Float32Array.from(texts, Number));
  };
  return { queue, sent, answer, idleCount: () => idle };
}

describe('BatchQueue', () => {
  it('gives every row to its text, whatever order the batches took', async () => {
    const { queue, sent, answer } = open();
    const rows = queue.add(['333', '1', '22', '4444', '5'], undefined);
    for (let i = 0; i < 3; i++) answer();
    expect([...(await rows)]).toEqual([333, 1, 22, 4444, 5]);
    expect(sent.map(({ texts }) => texts)).toEqual([['1', '5'], ['22', '333'], ['4444']]);
  });

  it('lets a single ticket in after one batch of many', async () => {
    const { queue, sent, answer } = open(1);
    const many = queue.add(['1', '2', '3'], undefined);
    const one = queue.add(['7'], undefined);
    answer();
    expect(sent.at(-1)!.texts).toEqual(['7']);
    answer();
    expect([...(await one)]).toEqual([7]);
    answer();
    answer();
    expect([...(await many)]).toEqual([1, 2, 3]);
  });

  it('has one batch with the model at a time, and is idle when nothing is left', async () => {
    const { queue, sent, answer, idleCount } = open(1);
    const both = [queue.add(['1'], undefined), queue.add(['2'], undefined)];
    expect(sent).toHaveLength(1);
    answer();
    expect(idleCount()).toBe(0);
    answer();
    await Promise.all(both);
    expect(idleCount()).toBe(1);
  });

  it('forgets a request that is given up and throws its batch away', async () => {
    const { queue, sent, answer } = open(1);
    const control = new AbortController();
    const given = queue.add(['1', '2', '3'], control.signal);
    const other = queue.add(['4'], undefined);
    control.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    answer();
    answer();
    expect([...(await other)]).toEqual([4]);
    expect(sent.map(({ texts }) => texts[0])).toEqual(['1', '4']);
  });

  it('sends nothing for a request that was given up before, and for no texts', async () => {
    const { queue, sent } = open();
    await expect(queue.add(['1'], AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    expect(await queue.add([], undefined)).toHaveLength(0);
    expect(sent).toHaveLength(0);
  });

  it('refuses the request of a batch that failed, and goes on with the others', async () => {
    const { queue, sent, answer } = open(1);
    const bad = queue.add(['1', '2'], undefined);
    const good = queue.add(['3'], undefined);
    queue.fail(sent[0]!.number, new Error('broken'));
    await expect(bad).rejects.toThrow('broken');
    answer();
    expect([...(await good)]).toEqual([3]);
  });

  it('takes an answer that comes twice, or too late, for nothing', async () => {
    const { queue, sent, answer } = open(1);
    const rows = queue.add(['1', '2'], undefined);
    answer();
    queue.finish(sent[0]!.number, Float32Array.of(99));
    queue.fail(sent[0]!.number, new Error('late'));
    answer();
    expect([...(await rows)]).toEqual([1, 2]);
  });

  it('refuses all that waits and all that comes once it has ended, with the first reason', async () => {
    const { queue } = open(1);
    const waiting = [queue.add(['1'], undefined), queue.add(['2'], undefined)];
    queue.end(new Error('closed'));
    queue.end(new Error('second'));
    for (const request of [...waiting, queue.add(['3'], undefined)]) await expect(request).rejects.toThrow('closed');
  });
});
