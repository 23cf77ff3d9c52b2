import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDuplicateReader } from './duplicate-reader.ts';
import { DuplicateWindow } from './duplicate-window.ts';
import type { Fingerprint } from './fingerprint.ts';
import { sameProblem } from './same-problem.ts';

const reader = createDuplicateReader({ embedder: null });
const sentences = [
  'The server is down',
  "We can't reach production",
  'Produktion steht',
  'The invoice is wrong',
  'Rechnung ist falsch',
  'My parcel has not arrived',
  'How do I export contacts?',
  'The printer does not print',
  'Der Drucker druckt nicht',
  'Please cancel my subscription',
];
let fingerprints: Fingerprint[] = [];
beforeAll(async () => {
  fingerprints = await reader.read(
    sentences.map((body, i) => ({ subject: '', body, language: [2, 4, 8].includes(i) ? 'de' : 'en' })),
  );
});

const anything = { since: 0, threshold: 0.9, limit: 10 };

/** With a vector of its own, which only the graph can find. */
const withVector = (fingerprint: Fingerprint, values: readonly number[]): Fingerprint => ({
  ...fingerprint,
  dense: { embedder: 'model@1', background: { mean: 0, bilingual: true }, values: Int8Array.from(values) },
});

interface Step {
  readonly what: string;
  readonly key: number;
  readonly text: number;
  readonly at: number;
}

/** A window, and beside it a plain map, after the same steps. */
function applied(steps: readonly Step[]) {
  const window = new DuplicateWindow();
  const model = new Map<string, { at: number; text: number }>();
  for (const { what, key, text, at } of steps) {
    if (what === 'add') {
      window.add(`${key}`, at, fingerprints[text]!);
      model.set(`${key}`, { at, text });
    } else {
      window.remove(`${key}`);
      model.delete(`${key}`);
    }
  }
  return { window, model };
}

describe('DuplicateWindow', () => {
  it('finds what sameProblem finds among all of its entries, whatever was added, replaced and removed', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'add', 'add', 'remove'),
      key: fc.integer({ min: 0, max: 12 }),
      text: fc.integer({ min: 0, max: sentences.length - 1 }),
      at: fc.integer({ min: 0, max: 100 }),
    });
    const options = fc.record({
      since: fc.integer({ min: 0, max: 100 }),
      // Below, entries without a word in common would be due, and they are no candidates.
      threshold: fc.constantFrom(0.5, 0.7, 0.9),
      limit: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), options, (steps, { since, threshold, limit }) => {
        const { window, model } = applied(steps);
        expect(window.size).toBe(model.size);
        const query = fingerprints[0]!;
        const expected = [...model]
          .filter(([, { at }]) => at >= since)
          .map(([key, { at, text }]) => ({ key, at, probability: sameProblem(query, fingerprints[text]!) }))
          .filter(({ probability }) => probability >= threshold)
          .sort((a, b) => b.probability - a.probability || a.at - b.at);
        const found = window.find(query, { since, threshold, limit });
        expect(found.map(({ probability }) => probability)).toEqual(expected.slice(0, limit).map((e) => e.probability));
        for (const { key } of found) expect(expected.map((e) => e.key)).toContain(key);
      }),
    );
  });

  it('gives the likeliest first, and of equals the earlier', () => {
    const window = new DuplicateWindow();
    window.add('late', 9, fingerprints[0]!);
    window.add('other words', 1, fingerprints[1]!);
    window.add('early', 3, fingerprints[0]!);
    window.add('other problem', 2, fingerprints[3]!);
    const found = window.find(fingerprints[0]!, { ...anything, threshold: 0.5 }).map(({ key }) => key);
    expect(found.indexOf('early')).toBeLessThan(found.indexOf('late'));
    expect(found).not.toContain('other problem');
  });

  it('finds the neighbours by vector that share no word, and forgets them', () => {
    const window = new DuplicateWindow();
    const [asked, near, far] = [
      withVector(fingerprints[6]!, [127, 0, 0, 3]),
      withVector(fingerprints[3]!, [127, 0, 0, 0]),
      withVector(fingerprints[9]!, [0, 127, 0, 0]),
    ];
    window.add('near', 1, near);
    window.add('far', 1, far);
    expect(window.find(asked, anything).map(({ key }) => key)).toEqual(['near']);
    expect(window.find(asked, { ...anything, since: 2 })).toEqual([]);
    window.remove('near');
    expect(window.find(asked, anything)).toEqual([]);
  });

  it('answers in a flood of alike texts, by the newest of them', async () => {
    const window = new DuplicateWindow();
    const flood = await reader.read(
      Array.from({ length: 3_000 }, (_, i) => ({
        subject: '',
        body: `The server is down, order ${10_000 + i}`,
        language: 'en' as const,
      })),
    );
    for (const [i, fingerprint] of flood.entries()) window.add(`${i}`, i, fingerprint);
    expect(window.find(flood[0]!, anything)).toHaveLength(10);
    expect(window.candidates(flood[0]!, 0).size).toBeLessThanOrEqual(56);
  });
});
