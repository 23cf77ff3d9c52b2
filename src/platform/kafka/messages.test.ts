import { describe, expect, it } from 'vitest';
import { withoutAborted } from './messages.ts';

const transactional = 0b1_0000;
const control = 0b11_0000;
const record = (key: Buffer | null = null) => ({
  length: 0,
  attributes: 0,
  timestampDelta: 0n,
  offsetDelta: 0,
  key,
  value: null,
  headers: [],
});
const data = (firstOffset: bigint, producerId: bigint, attributes = transactional) => ({
  firstOffset,
  lastOffsetDelta: 1,
  producerId,
  attributes,
  firstTimestamp: 0n,
  records: [record(), record()],
});
const marker = (firstOffset: bigint, producerId: bigint, kind: 'abort' | 'commit') => ({
  ...data(firstOffset, producerId, control),
  lastOffsetDelta: 0,
  records: [record(Buffer.from([0, 0, 0, kind === 'abort' ? 0 : 1]))],
});
const offsets = (batches: readonly { firstOffset: bigint }[]) => batches.map(({ firstOffset }) => Number(firstOffset));

describe('messages of aborted transactions', () => {
  it('are left out for every transaction of a producer, whatever lies between', () => {
    const batches = [
      data(0n, 7n),
      marker(2n, 7n, 'abort'),
      data(3n, 7n),
      marker(5n, 7n, 'commit'),
      data(6n, 7n),
      marker(8n, 7n, 'abort'),
      data(9n, 7n),
      marker(11n, 7n, 'commit'),
    ];
    const aborted = [
      { producerId: 7n, firstOffset: 6n },
      { producerId: 7n, firstOffset: 0n },
    ];
    expect(offsets(withoutAborted(batches, aborted))).toEqual([3, 9]);
  });

  it('are left out without their marker too, and never those of others or outside of transactions', () => {
    const batches = [data(0n, 7n), data(2n, 8n), data(4n, 7n, 0), marker(6n, 8n, 'commit')];
    expect(offsets(withoutAborted(batches, [{ producerId: 7n, firstOffset: 0n }]))).toEqual([2, 4]);
  });
});
