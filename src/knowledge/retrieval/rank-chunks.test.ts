import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFollowUp } from './follow-up.ts';
import { LanguageIndex } from './language-index.ts';
import { rankChunks } from './rank-chunks.ts';
import { createQueryReader } from './read-query.ts';
import { readQuestion } from './read-question.ts';
import { scorePassage } from './score.ts';
import { makeSynonyms } from './synonyms.ts';

const synonyms = makeSynonyms({ version: '1', concepts: [{ en: ['refund', 'money back'], de: ['erstattung'] }] });

function english(): LanguageIndex {
  const index = new LanguageIndex('en');
  const sections = [
    ['Refunds', 'A refund takes 5 days. Refunds go to the card.'],
    ['Invoices', 'Every invoice is sent by email.'],
    ['Cards', 'Visa and Mastercard are accepted. The card is charged.'],
    ['Sync', 'The error QH-1042 means a conflict.'],
  ] as const;
  sections.forEach(([heading, text], i) => {
    index.add({ id: `c${i}`, heading: `Doc › ${heading}`, text, category: null, asked: [] }, () => []);
  });
  return index;
}

describe('similarities', () => {
  const question = 'how am I reimbursed';
  const rank = (similarity: ReadonlyMap<string, number> | null) => {
    const index = english();
    const ids = [...index.chunkIds()];
    const read = readQuestion(index, { text: question, language: 'en' }, synonyms);
    return rankChunks(read, { ids, similarity }, index, { language: 'en', limit: 5 });
  };

  it('put a passage first that says it in other words', () => {
    const last = rank(null).at(-1)!.id;
    const [best] = rank(new Map(rank(null).map(({ id }) => [id, id === last ? 0.95 : 0.05])));
    expect(best!.id).toBe(last);
    expect(best!.features.similarity).toBe(0.95);
    expect(best!.features.nearer).toBeCloseTo(0.9, 9);
  });

  it('that are missing for a chunk do not put it last', () => {
    const known = rank(null).map(({ id }) => id);
    const [fresh, ...others] = known;
    const ranked = rank(new Map(others.map((id, i) => [id, i / 10])));
    const { similarity } = ranked.find(({ id }) => id === fresh)!.features;
    expect(similarity).toBeGreaterThan(0);
    expect(similarity).toBeLessThan(0.2);
  });

  it('never make a later passage more relevant than an earlier one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), (cosines) => {
        const ranked = rank(new Map(cosines.map((cosine, i) => [`c${i}`, cosine])));
        for (const [i, one] of ranked.entries()) {
          expect(one.relevance).toBeGreaterThan(0);
          expect(one.relevance).toBeLessThanOrEqual(ranked[i - 1]?.relevance ?? 1);
        }
      }),
    );
  });
});

describe('a follow-up', () => {
  const index = english();
  const read = (text: string, context?: string) => readQuestion(index, { text, language: 'en', context }, synonyms);

  it.each([
    ['And for Visa?', true],
    ['how long does it take?', true],
    ['And what about the invoice?', true],
    ['Can I change the email address of the invoice after the refund of my card', false],
  ])('%s: is read with the message before: %s', (text, leans) => {
    const alone = read(text);
    const after = read(text, 'I asked for a refund of a conflict');
    expect(after.slots.length > alone.slots.length).toBe(leans);
    expect(after.meant === text).toBe(!leans);
  });

  it('counts the words before less than its own, and no word twice', () => {
    const alone = read('refund');
    const { slots } = read('the invoice refund?', 'refund refund conflict');
    expect(slots.map(({ stem }) => stem).filter((stem, i, all) => all.indexOf(stem) !== i)).toEqual([]);
    expect(slots.find(({ word }) => word === 'refund')!.emphasis).toBe(alone.slots[0]!.emphasis);
    expect(slots.find(({ word }) => word === 'conflict')!.emphasis).toBeLessThan(0.5);
  });

  it.each([
    ['Und wie lange dauert das?', 'de', true],
    ['Was ist mit der Rechnung?', 'de', true],
    ['Wie ändere ich die Adresse auf einer Rechnung nach dem Umzug in ein anderes Land', 'de', false],
  ] as const)('is told in German as well: %s', (text, language, follows) => {
    expect(isFollowUp(text, language, follows ? 4 : 6)).toBe(follows);
  });

  it('does not change without a message before, or with an empty one', () => {
    expect(read('how long?', '  ').slots).toEqual(read('how long?').slots);
  });
});

describe('candidates', () => {
  const none = makeSynonyms({ version: '1', concepts: [] });
  const many = (count: number) => {
    const index = new LanguageIndex('en');
    for (let i = 0; i < count; i++) {
      const text = `invoice email${i === 5 ? ' zebra refund' : ''}${i % 2 === 0 ? ' refund' : ''}`;
      const category = i % 3 === 0 ? 'Billing' : null;
      index.add({ id: `c${String(i).padStart(4, '0')}`, heading: 'x', text, category, asked: [] }, () => []);
    }
    return index;
  };
  const candidates = (index: LanguageIndex, text: string, category: string | null = null) =>
    index.postings.candidates(createQueryReader(index, 'en', none).read(text), index, category);

  it('are all chunks that hold a word, the weightiest first kept when they are many', () => {
    expect(candidates(many(30), 'refund')).toHaveLength(16);
    const found = candidates(many(900), 'zebra invoice refund');
    expect(found).toHaveLength(400);
    expect(found).toContain('c0005');
    expect(found.filter((id) => Number(id.slice(1)) % 2 === 1)).toEqual(['c0005']);
  });

  it('follow every change of the chunks, and leave the state before alone', () => {
    const index = many(30);
    expect(candidates(index, 'zebra')).toEqual(['c0005']);
    const after = index.copy();
    after.remove('c0005');
    after.add({ id: 'new', heading: 'x', text: 'okapi invoice', category: null, asked: [] }, () => []);
    expect(candidates(after, 'zebra')).toEqual([]);
    expect(candidates(after, 'okapi')).toEqual(['new']);
    expect(candidates(index, 'zebra')).toEqual(['c0005']);
    expect(candidates(index, 'okapi')).toEqual([]);
  });

  it('are of the category alone that is a wall', () => {
    expect(candidates(many(9), 'invoice', 'Billing')).toEqual(['c0000', 'c0003', 'c0006']);
  });

  it('hold every chunk with a BM25 score, as long as these are few', () => {
    const index = english();
    const words = ['refund', 'card', 'invoice', 'visa', 'conflict', 'email', 'bitcoin', 'money back'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }), (asked) => {
        const { slots } = readQuestion(index, { text: asked.join(' '), language: 'en' }, synonyms);
        const found = index.postings.candidates(slots, index, null);
        for (const id of index.chunkIds()) {
          if (scorePassage(slots, index.chunk(id)!, index) > 0) expect(found).toContain(id);
        }
      }),
    );
  });
});
