import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random, shuffled } from '../random.ts';
import { leakingRows, nearDuplicateGroups, nearDuplicateSteps, wordVectors } from './index.ts';

const syllables = ['ka', 'lo', 'mi', 'ne', 'ru', 'sa', 'te', 'vo', 'zi', 'pü'];

function inventWord(random: Random): string {
  return Array.from({ length: 3 }, () => syllables[random.integer(syllables.length)]!).join('');
}

/** Families of texts: `words` words that a family shares, of which each member replaces the given share. */
function families(options: {
  count: number;
  members: number;
  words: number;
  replaced: number;
  seed: number;
}): string[] {
  const random = createRandom(options.seed);
  return Array.from({ length: options.count }, () => {
    const shared = Array.from({ length: options.words }, () => inventWord(random));
    return Array.from({ length: options.members }, () =>
      shared.map((word) => (random.next() < options.replaced ? inventWord(random) : word)).join(' '),
    );
  }).flat();
}

/** Cosines of all pairs of rows, the slow way. */
function cosines(texts: readonly string[]): (a: number, b: number) => number {
  const { matrix } = wordVectors(texts);
  const rows = Array.from({ length: matrix.rows }, (_, r) => {
    const entries = new Map<number, number>();
    for (let j = matrix.indptr[r]!; j < matrix.indptr[r + 1]!; j++) entries.set(matrix.indices[j]!, matrix.values[j]!);
    return entries;
  });
  return (a, b) => [...rows[a]!].reduce((sum, [column, value]) => sum + value * (rows[b]!.get(column) ?? 0), 0);
}

/** The partition by its members, whatever the numbers of its groups. */
function partition(groups: ArrayLike<number>, names: readonly number[]): string {
  const members = new Map<number, number[]>();
  Array.from(groups).forEach((group, i) => {
    members.set(group, [...(members.get(group) ?? []), names[i]!]);
  });
  return JSON.stringify([...members.values()].map((m) => m.sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!));
}

describe('nearDuplicateGroups', () => {
  it('joins rephrasings and leaves the rest apart, in English and German', () => {
    const texts = [
      'My printer on the third floor shows error 0x51 and prints blank pages since Monday',
      'Since Monday the printer on the third floor prints blank pages and shows error 0x51',
      'I was charged twice for the invoice of March, please refund one payment',
      'Der Drucker im dritten Stock zeigt Fehler 0x51 und druckt seit Montag leere Seiten',
      'Seit Montag druckt der Drucker im dritten Stock leere Seiten und zeigt Fehler 0x51',
      'Die Rechnung vom März wurde doppelt abgebucht, bitte erstatten Sie einen Betrag',
    ];
    const { groups, groupCount, largest } = nearDuplicateGroups(wordVectors(texts));
    expect([...groups]).toEqual([0, 0, 1, 2, 2, 3]);
    expect(groupCount).toBe(4);
    expect(largest).toBe(2);
  });

  it('finds 98 % of the pairs at or above the threshold and joins no two rows that no chain of pairs joins', () => {
    const texts = families({ count: 40, members: 6, words: 25, replaced: 0.2, seed: 5 });
    const cosine = cosines(texts);
    const { groups, pairs } = nearDuplicateGroups(wordVectors(texts), { bands: 40 });
    expect(pairs).toBeGreaterThan(100);
    const all = texts.flatMap((_, a) => Array.from({ length: a }, (_, b) => [a, b] as const));
    const near = all.filter(([a, b]) => cosine(a, b) >= 0.6);
    const missed = near.filter(([a, b]) => groups[a] !== groups[b]);
    // Members of different families share nothing but chance words.
    const wrong = all.filter(([a, b]) => groups[a] === groups[b] && Math.floor(a / 6) !== Math.floor(b / 6));
    expect(near.length).toBeGreaterThan(200);
    expect(missed.length / near.length).toBeLessThan(0.02);
    expect(wrong).toEqual([]);
  });

  it('gives the same groups for the same rows in another order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const texts = families({ count: 8, members: 4, words: 8, replaced: 0.35, seed });
        const order = shuffled(
          texts.map((_, i) => i),
          createRandom(seed + 1),
        );
        const first = nearDuplicateGroups(wordVectors(texts), { bands: 8 }).groups;
        const moved = nearDuplicateGroups(wordVectors(order.map((i) => texts[i]!)), { bands: 8 }).groups;
        expect(partition(moved, order)).toBe(
          partition(
            first,
            texts.map((_, i) => i),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('takes a template of thousands of rows without a square of comparisons', () => {
    const random = createRandom(3);
    const template = Array.from({ length: 40 }, () => inventWord(random)).join(' ');
    const texts = Array.from({ length: 4000 }, (_, i) => `${template} ${10_000 + i}`);
    const { largest, compared } = nearDuplicateGroups(wordVectors(texts), {
      threshold: 0.3,
      bands: 10,
      largestShare: 1,
    });
    expect(largest).toBe(4000);
    expect(compared).toBeLessThan(4000 * 24);
  });

  it('keeps unrelated rows with one frequent word apart at a bounded cost', () => {
    const random = createRandom(9);
    const texts = Array.from(
      { length: 2000 },
      () => `hello ${Array.from({ length: 9 }, () => inventWord(random)).join(' ')}`,
    );
    const { compared } = nearDuplicateGroups(wordVectors(texts), { bands: 10 });
    expect(compared).toBeLessThan(2000 * 24 * 10);
  });

  it('takes a chain that swallows a good part of the rows apart at stricter thresholds, and says of how many', () => {
    const random = createRandom(4);
    // Each text shares most of its words with the one before it, so that all are one chain.
    const words = Array.from({ length: 420 }, () => inventWord(random));
    const texts = Array.from({ length: 400 }, (_, i) => words.slice(i, i + 12).join(' '));
    const [copy, other] = [texts[7]!, 'quite another matter that nobody mentioned before'];
    const vectors = wordVectors([...texts, copy, other, other]);
    expect(nearDuplicateGroups(vectors, { largestShare: 1 })).toMatchObject({ largest: 401, tightened: 0 });
    const found = nearDuplicateGroups(vectors, { largestShare: 0.05 });
    expect(found.tightened).toBe(401);
    expect(found.largest).toBeLessThanOrEqual(50);
    expect(found.groups[7]).toBe(found.groups[400]);
    expect(found.groups[401]).toBe(found.groups[402]);
  });

  it('gives texts without words, and no texts at all, groups of their own', () => {
    const found = nearDuplicateGroups(wordVectors(['', '…', 'one word', 'one word', '']));
    expect([...found.groups]).toEqual([0, 1, 2, 2, 3]);
    expect(nearDuplicateGroups(wordVectors([]))).toMatchObject({ groupCount: 0, largest: 0 });
  });

  it('joins equal texts at a threshold of one', () => {
    const texts = families({ count: 20, members: 2, words: 30, replaced: 0, seed: 1 });
    expect(nearDuplicateGroups(wordVectors(texts), { threshold: 1 }).groupCount).toBe(20);
  });

  it('tells how far it is', () => {
    expect([...nearDuplicateSteps(wordVectors(['a text', 'another text']), { bands: 4 })]).toEqual([
      0.25, 0.5, 0.75, 1,
    ]);
  });
});

describe('leakingRows', () => {
  const texts = families({ count: 30, members: 5, words: 20, replaced: 0.25, seed: 7 });
  const rows = texts.map((_, i) => i);

  it('names exactly the test rows with a near training row', () => {
    const order = shuffled(rows, createRandom(2));
    const [test, train] = [order.slice(0, 50), order.slice(50)];
    const cosine = cosines(texts);
    for (const threshold of [0.4, 0.5, 0.6]) {
      const expected = test.filter((a) => train.some((b) => cosine(a, b) >= threshold)).sort((a, b) => a - b);
      expect(expected.length).toBeGreaterThan(3);
      expect(expected.length).toBeLessThan(50);
      const leaks = leakingRows(wordVectors(texts), train, test, { threshold });
      expect(leaks).toEqual({ rows: expected, checked: 50, sampled: false, share: expected.length / 50 });
    }
  });

  it('finds next to none after a split by the groups found', () => {
    const { groups } = nearDuplicateGroups(wordVectors(texts));
    const train = rows.filter((row) => groups[row]! % 4 !== 0);
    const test = rows.filter((row) => groups[row]! % 4 === 0);
    expect(leakingRows(wordVectors(texts), train, test).share).toBeLessThanOrEqual(0.02);
  });

  it('says when it looked at a sample only, and takes nothing', () => {
    const test = rows.slice(0, 60);
    const leaks = leakingRows(wordVectors(texts), rows.slice(60), test, { sample: 20 });
    expect(leaks).toMatchObject({ checked: 20, sampled: true });
    expect(leakingRows(wordVectors(texts), rows, [])).toEqual({ rows: [], checked: 0, sampled: false, share: 0 });
    expect(leakingRows(wordVectors(texts), [], test).share).toBe(0);
  });
});
