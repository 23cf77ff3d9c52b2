import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from './read-frame.ts';

describe('readFrame', () => {
  it('takes a message and ignores what it does not know', () => {
    expect(readFrame('{"message":" Wo ist mein Paket? ","timestamp":7,"x":[1]}')).toEqual({
      kind: 'message',
      text: 'Wo ist mein Paket?',
    });
  });

  it.each(['{"message":""}', '{"message":" \\n\\t "}'])('%s is blank', (data) => {
    expect(readFrame(data)).toEqual({ kind: 'blank' });
  });

  it.each([
    '{',
    '',
    '[]',
    '["message"]',
    '7',
    'null',
    '"hello"',
    '{}',
    '{"message":7}',
    '{"message":null}',
    '{"message":"a\\u0000"}',
    '{"message":"\\ud800"}',
  ])('%s is told what to send', (data) => {
    const read = readFrame(data);
    expect(read.kind).toBe('problem');
    expect(read.kind === 'problem' && read.words.length).toBeGreaterThan(20);
  });

  it('names the limit of a message that is too long', () => {
    const read = readFrame(JSON.stringify({ message: 'a'.repeat(20_001) }));
    expect(read).toMatchObject({ kind: 'problem', words: expect.stringContaining('20,000') });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (data) => {
        expect(['message', 'blank', 'problem']).toContain(readFrame(data).kind);
      }),
    );
  });
});
