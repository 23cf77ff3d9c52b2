import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStreamMessage } from './read-stream-message.ts';

const ticket = (frame: object, sourceKey?: string) => {
  const read = readStreamMessage(JSON.stringify(frame), sourceKey);
  if (read.kind !== 'ticket') throw new Error(read.words);
  return read;
};
const problem = (text: string) => {
  const read = readStreamMessage(text);
  return read.kind === 'problem' ? [read.code, read.words, read.clientId] : read.kind;
};

describe('a message of a stream', () => {
  it('becomes a request, its beginning the subject', () => {
    const { request, clientId } = ticket({ customer_message: 'Hallo,\nwo ist mein Paket?', ticket_id: 'A' }, 'k:1');
    expect(request).toMatchObject({
      subject: 'wo ist mein Paket?',
      body: 'Hallo,\nwo ist mein Paket?',
      clientTicketId: 'A',
      channel: 'stream',
      sourceKey: 'k:1',
    });
    expect(clientId).toBe('A');
  });

  it('takes an address for the customer, and keeps any other name', () => {
    const known = ticket({ customer_message: 'Hi there', customer_id: 'jo@example.com' }).request;
    expect(known).toMatchObject({ customerEmail: 'jo@example.com', metadata: undefined });
    const named = ticket({ customer_message: 'Hi there', customer_id: 'C-7', metadata: { shop: 'north' } }).request;
    expect(named).toMatchObject({ customerEmail: undefined, metadata: { shop: 'north', customer_id: 'C-7' } });
  });

  it('may not pass for the row of a file, of which nobody is told', () => {
    for (const sent of [{ customer_message: 'The server is down' }, { subject: 'Down', body: 'The server is down' }]) {
      expect(problem(JSON.stringify({ ...sent, channel: ' file ' }))[1]).toMatch(/^channel may not be "file"/);
      expect(ticket({ ...sent, channel: 'files' }).request.channel).toBe('files');
    }
  });

  it('may be the body of POST /route', () => {
    expect(ticket({ subject: 'Invoice', body: 'Where is it?', channel: 'shop' }).request).toMatchObject({
      subject: 'Invoice',
      channel: 'shop',
    });
  });

  it('is refused in the words of the contract', () => {
    const missing = "Missing required field: 'customer_message'";
    expect(problem('{')).toEqual(['malformed-json', 'Invalid JSON format', null]);
    expect(problem('')).toEqual(['malformed-json', 'Invalid JSON format', null]);
    for (const text of ['{}', '[]', '7', 'null', '"text"', '{"customer_message":null}'])
      expect(problem(text)).toEqual(['invalid-fields', missing, null]);
    expect(problem('{"ticket_id":"A"}')).toEqual(['invalid-fields', missing, 'A']);
    expect(problem('{"customer_message":"x","priority":"soon","ticket_id":"A"}')).toMatchObject(
      ['invalid-fields', /priority/, 'A'].map((v) => (v instanceof RegExp ? expect.stringMatching(v) : v) as unknown),
    );
    expect(problem('{"customer_message":7}')).toMatchObject([
      'invalid-fields',
      'customer_message must be a string.',
      null,
    ]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify({ customer_message: v })),
        ),
        (text) => {
          expect(['ticket', 'problem']).toContain(readStreamMessage(text).kind);
        },
      ),
    );
  });
});
