import { describe, expect, it } from 'vitest';
import type { Fetched, Membership } from './group-reader.ts';
import type { KafkaMessage } from './messages.ts';
import { ReadAhead } from './read-ahead.ts';

const member = (generationId: number): Membership => ({ groupId: 'g', memberId: 'm', generationId, coordinatorId: 1 });
const messages = (count: number, value: Buffer | null = null): KafkaMessage[] =>
  Array.from({ length: count }, (_, i) => ({
    topic: 't',
    topicId: 'id',
    partition: 0,
    offset: BigInt(i),
    timestamp: 0,
    key: null,
    value,
    headers: new Map(),
  }));

/** A reader whose group is divided anew when the test says so; each read gives as many messages as it was set to. */
function createReader() {
  const state = { generation: 1, perRead: 1_500, reads: 0, value: null as Buffer | null };
  const reader = {
    isCurrent: ({ generationId }: Membership) => generationId === state.generation,
    async read(): Promise<Fetched> {
      state.reads++;
      await new Promise((resolve) => setImmediate(resolve));
      return { membership: member(state.generation), messages: messages(state.perRead, state.value) };
    },
  };
  return { state, reader };
}

describe('reading ahead', () => {
  it('stops when enough is ahead, and goes on when it was taken', async () => {
    const { state, reader } = createReader();
    const ahead = new ReadAhead(reader);
    expect((await ahead.take(() => 100))?.messages).toHaveLength(100);
    for (let i = 0; i < 14; i++) await ahead.take(() => 100);
    await expect.poll(() => ahead.waiting).toBeGreaterThanOrEqual(1_000);
    expect(state.reads).toBeLessThanOrEqual(3);
    await ahead.close();
  });

  it('stops when enough bytes are ahead, and gives out large messages a few at a time', async () => {
    const { state, reader } = createReader();
    state.perRead = 4;
    state.value = Buffer.alloc(1024 * 1024);
    const ahead = new ReadAhead(reader);
    await expect.poll(() => ahead.waiting).toBe(16);
    const reads = state.reads;
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.reads).toBe(reads);
    expect((await ahead.take(() => 500))?.messages).toHaveLength(4);
    await expect.poll(() => ahead.waiting).toBe(16);
    await ahead.close();
  });

  it('gives out a message of any size by itself', async () => {
    const { state, reader } = createReader();
    state.perRead = 2;
    state.value = Buffer.alloc(50 * 1024 * 1024);
    const ahead = new ReadAhead(reader);
    expect((await ahead.take(() => 500))?.messages).toHaveLength(1);
    expect(ahead.waiting).toBeLessThanOrEqual(2);
    await ahead.close();
  });

  it('forgets what was read before the group was divided anew, even when it was full', async () => {
    const { state, reader } = createReader();
    const ahead = new ReadAhead(reader);
    await ahead.take(() => 1);
    state.generation = 2;
    state.perRead = 3;
    const taken = await ahead.take(() => 500);
    expect(taken).toMatchObject({ membership: { generationId: 2 } });
    expect(taken?.messages.length).toBeLessThanOrEqual(500);
    await ahead.close();
  });

  it('hands on what reading threw, and ends when it is closed', async () => {
    const failing = new ReadAhead({ isCurrent: () => true, read: () => Promise.reject(new Error('gone')) });
    await expect(failing.take(() => 1)).rejects.toThrow('gone');
    const { state, reader } = createReader();
    state.perRead = 0;
    const ahead = new ReadAhead(reader);
    const waiting = ahead.take(() => 1);
    await ahead.close();
    expect(await waiting).toBeNull();
  });
});
