import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEmbedder } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import { createDuplicateReader } from './duplicate-reader.ts';
import { decodeFingerprint, encodeFingerprint, type Fingerprint } from './fingerprint.ts';
import { sameProblem } from './same-problem.ts';

const reader = createDuplicateReader({ embedder: null });

async function read(body: string, language: Language = 'en', subject = ''): Promise<Fingerprint> {
  const [fingerprint] = await reader.read([{ subject, body, language }]);
  return fingerprint!;
}

const languageOf = (text: string): Language =>
  /\b(steht|der|die|das|nicht|ich|wir|kein|mein|ist|beim|doppelt)\b/i.test(text) ? 'de' : 'en';
async function probability(a: string, b: string): Promise<number> {
  return sameProblem(await read(a, languageOf(a)), await read(b, languageOf(b)));
}

describe('sameProblem', () => {
  it.each([
    ['The server is down', "We can't reach production"],
    ['The server is down', 'Produktion steht'],
    ["We can't reach production, nothing loads", 'Der Server ist nicht mehr erreichbar'],
    ['The printer on the 3rd floor does not print', 'Der Drucker druckt nicht'],
    ['My card was charged twice', 'Meine Karte wurde doppelt belastet'],
    ['I have not received my invoice', 'Die Rechnung ist nicht angekommen'],
    ['Server is down, order 48213', 'The server is down again! Order 77120'],
    ['VPN bricht ständig ab, das nervt', 'The VPN connection drops all the time'],
  ])('takes %j and %j for one problem', async (a, b) => {
    expect(await probability(a, b)).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    ['The invoice is wrong', 'I have not received the invoice'],
    ['Die Rechnung ist falsch', 'Die Rechnung ist nicht angekommen'],
    ['The server is down', 'The server is up and running again, thanks'],
    ['My printer does not print', 'My scanner does not scan'],
    ['Please cancel my subscription', 'Please do not cancel my subscription'],
    ['My card was charged twice', 'My card was declined'],
    ['The monitor is broken', 'The keyboard is broken'],
    ['Upload stops with error 1042', 'Upload stops with error 2077'],
    ['I cannot log in', 'I cannot log out'],
    ['Fehler QH-1042 beim Speichern', 'Fehler QH-2077 beim Speichern'],
  ])('takes %j and %j for two', async (a, b) => {
    expect(await probability(a, b)).toBeLessThan(0.9);
  });

  it.each(['Nothing works', 'Bei uns geht nichts mehr', 'server down'])(
    'takes %j twice for one problem',
    async (text) => {
      expect(await probability(text, text)).toBeGreaterThanOrEqual(0.98);
    },
  );

  it.each([
    ['Where is my order 881234?', 'Where is my order 881299?'],
    ['Wo ist meine Bestellung 881234?', 'Wo ist meine Bestellung 881299?'],
    ['Please send me a copy of invoice RE-2026-1001', 'Please send me a copy of invoice RE-2026-1077'],
    ['Bitte senden Sie mir die Rechnung 471100', 'Bitte senden Sie mir die Rechnung 471177'],
  ])('takes %j and %j for two matters: each asks about its own', async (a, b) => {
    expect(await probability(a, b)).toBeLessThanOrEqual(0.5);
    expect(await probability(a, a)).toBeGreaterThanOrEqual(0.9);
  });

  it('takes another number for evidence against, not for proof', async () => {
    const withNumber = (number: string) => `The shop does not accept my payment for order ${number}`;
    const same = await probability(withNumber('48213'), withNumber('48213'));
    const other = await probability(withNumber('48213'), withNumber('77120'));
    expect(other).toBeLessThanOrEqual(same);
    expect(other).toBeGreaterThan(0.3);
  });

  it('is nothing for texts that say nothing, and for a fingerprint of another version', async () => {
    const empty = await read('Hello, thanks!');
    expect(empty.terms).toEqual([]);
    expect(sameProblem(empty, empty)).toBe(0);
    const server = await read('The server is down since this morning');
    expect(sameProblem(server, { ...server, version: 'words-0' })).toBe(0);
  });

  it('is symmetric, in [0,1], and next to one for a text and itself', async () => {
    const words =
      'server down invoice wrong Rechnung falsch not received printer login nicht erreichbar order 48213'.split(' ');
    const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme' })), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, text, fc.constantFrom('en', 'de', 'other'), async (one, other, language) => {
        const [a, b] = [await read(one.join(' '), language), await read(other.join(' '), language)];
        const p = sameProblem(a, b);
        expect(p).toBe(sameProblem(b, a));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        if (a.terms.filter((term) => !term.startsWith('~')).length >= 3)
          expect(sameProblem(a, a)).toBeGreaterThanOrEqual(0.99);
      }),
      { numRuns: 200 },
    );
  });
});

describe('fingerprints', () => {
  const long = 'The portal does not load since 9:40, error 502, order 48213. We restarted everything. '.repeat(8);

  it('come back from their bytes as they were, and the same process or another compares them alike', async () => {
    const fingerprint = await read(long, 'en', 'Portal down');
    const again = decodeFingerprint(encodeFingerprint(fingerprint));
    expect(again).toEqual(fingerprint);
    expect(sameProblem(again, fingerprint)).toBeGreaterThanOrEqual(0.99);
  });

  it('are small, with a vector of 384 numbers too', async () => {
    const fingerprint = await read(long);
    expect(encodeFingerprint(fingerprint).length).toBeLessThan(1_000);
    const dense = {
      embedder: 'model@1',
      background: { mean: 0.2, bilingual: true },
      values: new Int8Array(384).fill(-3),
    };
    const bytes = encodeFingerprint({ ...fingerprint, dense });
    expect(bytes.length).toBeLessThan(1_500);
    expect(decodeFingerprint(bytes).dense).toEqual(dense);
  });

  it('hold no number of a customer as it was written', async () => {
    const bytes = encodeFingerprint(await read('My order 48213 never came, error QH-1042')).toString();
    expect(bytes).not.toContain('48213');
  });

  it('that cannot be read are like nothing', async () => {
    const server = await read('The server is down since this morning');
    for (const bytes of [Buffer.alloc(0), Buffer.from('{"v":'), Buffer.from('\n'), Buffer.from('null\n')]) {
      const unreadable = decodeFingerprint(bytes);
      expect(sameProblem(unreadable, unreadable)).toBe(0);
      expect(sameProblem(unreadable, server)).toBe(0);
    }
  });
});

describe('the reader with an embedding model', () => {
  const texts = [
    { subject: '', body: 'Everything smells odd', language: 'en' as const },
    { subject: '', body: 'Whatever hums at night', language: 'en' as const },
  ];
  const model = (embed: TextEmbedder['embed']): TextEmbedder => ({
    id: 'scripted@1',
    dimension: 4,
    maxTokens: 100,
    embed,
    close: async () => undefined,
  });
  /** Strangers at right angles to each other, the tickets one and the same. */
  const scripted = model(async (some) => {
    const rows = new Float32Array(some.length * 4);
    for (const [i, text] of some.entries())
      rows[4 * i + (text.startsWith('Everything') || text.startsWith('Whatever') ? 3 : i % 3)] = 1;
    return rows;
  });

  it('takes texts without a word in common for one problem where the model does', async () => {
    const [a, b] = await createDuplicateReader({ embedder: scripted }).read(texts);
    expect(a!.dense?.embedder).toBe('scripted@1');
    const [c, d] = await reader.read(texts);
    expect(sameProblem(a!, b!)).toBeGreaterThan(0.9);
    expect(sameProblem(c!, d!)).toBeLessThan(0.5);
    expect(sameProblem(a!, d!)).toBeLessThan(0.5);
  });

  it('reads words alone where the model fails, is closed or never answers, and asks it again the next time', async () => {
    let calls = 0;
    const failing = model(async (some, options) => {
      calls++;
      if (calls <= 2) throw new Error('out of memory');
      return scripted.embed(some, options);
    });
    const flaky = createDuplicateReader({ embedder: failing });
    const first = await flaky.read(texts);
    expect(first.map(({ dense }) => dense)).toEqual([null, null]);
    expect(first[0]!.terms.length).toBeGreaterThan(0);
    const second = await flaky.read(texts);
    expect(second[0]!.dense).not.toBeNull();
    const silent = createDuplicateReader({ embedder: model(() => new Promise(() => undefined)) });
    expect((await silent.read(texts)).map(({ dense }) => dense)).toEqual([null, null]);
  });
});
