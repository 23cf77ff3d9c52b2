import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compoundSplitter } from '../indexing/index-text.ts';
import { closestStem, editDistance } from './closest-word.ts';
import { type ChunkText, LanguageIndex } from './language-index.ts';
import { rankChunks } from './rank-chunks.ts';
import { createQueryReader } from './read-query.ts';
import { readQuestion } from './read-question.ts';
import { featureNames, featuresOf, matchPassage, relevanceOf } from './relevance.ts';
import { scorePassage } from './score.ts';
import { makeSynonyms } from './synonyms.ts';

const synonyms = makeSynonyms({
  version: '1',
  concepts: [
    { en: ['refund', 'money back'], de: ['erstattung', 'geld zurück'] },
    { en: ['invoice', 'bill'], de: ['rechnung'] },
  ],
});

type Section = readonly [heading: string, text: string, ...asked: string[]];

function indexOf(language: 'en' | 'de', texts: readonly Section[]): LanguageIndex {
  const index = new LanguageIndex(language);
  texts.forEach(([heading, text, ...asked], i) => {
    index.add({ id: `c${i}`, heading: `Doc › ${heading}`, text, category: null, asked }, () => []);
  });
  return index;
}

const english = () =>
  indexOf('en', [
    ['Refunds', 'A refund takes 5 days. Refunds go to the card.'],
    ['Invoices', 'Every invoice is sent by email.'],
    ['Cards', 'Visa and Mastercard are accepted. The card is charged.'],
    ['Sync', 'The error QH-1042 means a conflict.'],
  ]);

const german = () =>
  indexOf('de', [
    ['Erstattung', 'Die Erstattung dauert 5 Tage.'],
    ['Rechnung', 'Eine Rechnung kommt per E-Mail. Die Korrektur ist frei.'],
    ['Hochladen', 'Dateien hochladen ist einfach.'],
  ]);

function ranking(index: LanguageIndex, language: 'en' | 'de', question: string): string[] {
  const slots = createQueryReader(index, language, synonyms).read(question);
  return [...index.chunkIds()]
    .map((id) => ({ id, score: scorePassage(slots, index.chunk(id)!, index) }))
    .filter((s) => s.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((s) => s.id);
}

describe('the words of a question', () => {
  it.each([
    ['en', 'How long do refunds take?', 'c0'],
    ['en', 'I want my money back', 'c0'],
    ['en', 'where is the bill', 'c1'],
    ['en', 'mastercrad', 'c2'],
    ['en', 'qh 1042', 'c3'],
    ['en', 'QH1042', 'c3'],
    ['de', 'Wie bekomme ich mein Geld zurück?', 'c0'],
    ['de', 'Wie lade ich Bilder hoch?', 'c2'],
    ['de', 'Rechnungskorrektur', 'c1'],
    ['de', 'wurde hochgeladen', 'c2'],
    ['de', 'Erstatung', 'c0'],
  ] as const)('in %s, "%s" find %s first', (language, question, id) => {
    expect(ranking(language === 'en' ? english() : german(), language, question)[0]).toBe(id);
  });

  it('of the other language find passages by translation and by names', () => {
    expect(ranking(english(), 'de', 'Wann kommt die Erstattung?')[0]).toBe('c0');
    expect(ranking(german(), 'en', 'refund')[0]).toBe('c0');
    expect(ranking(english(), 'de', 'Fehler QH-1042')[0]).toBe('c3');
  });

  it('are told apart: light ones weigh less, names are seen, unknown ones are marked', () => {
    const slots = createQueryReader(english(), 'en', synonyms).read('Can I take my refund in Bitcoin');
    const by = new Map(slots.map((s) => [s.word, s]));
    expect(by.get('take')!.emphasis).toBeLessThan(1);
    expect(by.get('bitcoin')).toMatchObject({ known: false });
    expect(by.get('refund')).toMatchObject({ known: true });
  });

  it('that say nothing find nothing', () => {
    const slots = createQueryReader(english(), 'en', synonyms).read('hello?? can you please help me');
    expect(slots).toEqual([]);
    expect(english().postings.candidates(slots, english(), null)).toEqual([]);
  });
});

describe('closestStem', () => {
  it('guesses one slip in a short word, two in a long one, none in a code or a very short word', () => {
    const index = english();
    expect(closestStem('refnud', index)?.stem).toBe('refund');
    expect(closestStem('masstercart', index)?.stem).toBe('mastercard');
    for (const word of ['rfnd', 'qh1043', 'reufdn', 'printer', 'card']) expect(closestStem(word, index)).toBeNull();
  });

  it('measures an edit distance that is symmetric and obeys its limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const full = editDistance(a, b, 20);
        expect(editDistance(b, a, 20)).toBe(full);
        expect(full === 0).toBe(a === b);
        expect(Math.min(editDistance(a, b, 2), 3)).toBe(Math.min(full, 3));
      }),
    );
  });
});

describe('LanguageIndex', () => {
  const word = fc.constantFrom('refund', 'refunds', 'invoice', 'card', 'cards', 'QH-1042', 'the', 'sign in');
  const chunk = fc.record({ heading: word, text: fc.array(word, { maxLength: 12 }).map((w) => w.join(' ')) });

  it('after adding, replacing and removing is the index of what is left', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.option(chunk)), { maxLength: 25 }), (steps) => {
        let index = new LanguageIndex('en');
        const left = new Map<string, ChunkText>();
        for (const [n, content] of steps) {
          const id = `c${n}`;
          index = index.copy();
          if (content) {
            left.set(id, { id, category: null, asked: ['refunds please'], ...content });
            index.add(left.get(id)!, () => []);
          } else {
            left.delete(id);
            index.remove(id);
          }
        }
        const fresh = new LanguageIndex('en');
        for (const content of left.values()) fresh.add(content, () => []);
        expect(index.size).toBe(fresh.size);
        expect(index.averageLength).toBeCloseTo(fresh.averageLength, 12);
        for (const token of ['refund', 'invoice', 'card', 'qh1042', 'signin']) {
          const [term, other] = [index.termOf(token), fresh.termOf(token)];
          expect(term === undefined).toBe(other === undefined);
          if (term === undefined || other === undefined) continue;
          expect(index.chunkCount(term)).toBe(fresh.chunkCount(other));
          expect(index.ownCount(token)).toBe(fresh.ownCount(token));
          expect(index.rarity(term)).toBe(fresh.rarity(other));
        }
      }),
    );
  });

  it('leaves the state it was copied from as it was', () => {
    const before = english();
    const after = before.copy();
    after.remove('c0');
    after.add({ id: 'new', heading: 'Doc', text: 'brandnew words', category: null, asked: [] }, () => []);
    expect(before.termOf('refund')).toBeDefined();
    expect(before.termOf('brandnew')).toBeUndefined();
    expect(before.size).toBe(4);
    expect(after.termOf('brandnew')).toBeDefined();
  });

  it('tells which stored compounds would be split otherwise now', () => {
    const index = new LanguageIndex('de');
    index.add({ id: 'a', heading: 'A', text: 'Rechnungskorrektur', category: null, asked: [] }, () => []);
    index.add({ id: 'b', heading: 'B', text: 'Rechnung und Korrektur', category: null, asked: [] }, () => []);
    const partsOf = compoundSplitter((w) => index.ownCount(w));
    const changed = () => [...index.otherwiseSplit(partsOf)].filter((w) => w !== null);
    expect(changed()).toEqual(['rechnungskorrektur']);
    index.settleSplit('rechnungskorrektur', ['rechnung', 'korrektur']);
    expect(changed()).toEqual([]);
  });
});

describe('questions noted by an author', () => {
  it.each([
    [
      'en',
      'when will I see the cash again?',
      ['Getting paid back', 'It takes 5 days.', 'When do I see my cash again?'],
    ],
    [
      'de',
      'wann krieg ich mein Gelt wieder',
      ['Erstattung', 'Das dauert 5 Tage.', 'Wann kriege ich mein Geld wieder?'],
    ],
  ] as const)('lead to their section, slips or not (%s)', (language, question, section) => {
    const other = ['Till', 'The cash desk is open when we are here. Wann wir offen haben.'] as const;
    const rank = (sections: readonly Section[]) => {
      const index = indexOf(language, sections);
      const ids = [...index.chunkIds()];
      const read = readQuestion(index, { text: question, language }, synonyms);
      return rankChunks(read, { ids, similarity: null }, index, { language, limit: 5 });
    };
    const [heading, text] = section;
    const without = rank([[heading, text], other]).find(({ id }) => id === 'c0')!;
    const [best] = rank([section, other]);
    expect(best!.id).toBe('c0');
    expect(best!.features.asked).toBeGreaterThan(0.5);
    expect(without.features.asked).toBe(0);
    expect(best!.relevance).toBeGreaterThan(without.relevance);
  });

  it('are as like to themselves as can be, and to strange words not at all', () => {
    const index = indexOf('de', [['Fristen', 'Zwei Wochen.', 'Wie lange gilt das?', 'Bis wann?']]);
    const [first] = index.chunk('c0')!.asked;
    expect(index.groups.comparer('wie lange gilt das', 'de')(first!)).toBeCloseTo(1, 9);
    expect(index.groups.comparer('xyzzy', 'de')(first!)).toBe(0);
  });
});

describe('relevance', () => {
  const words = ['refund', 'card', 'invoice', 'visa', 'conflict', 'take', 'Bitcoin', 'zebra', 'email', '5'];

  it('has features and a value within [0,1], for any question', () => {
    const index = english();
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (question, similarity) => {
          const read = readQuestion(index, { text: question.join(' '), language: 'en' }, synonyms);
          for (const id of index.chunkIds()) {
            const match = matchPassage(read, index.chunk(id)!, index);
            expect(match.scores.reduce((a, b) => a + b, 0)).toBeCloseTo(
              scorePassage(read.slots, index.chunk(id)!, index),
              9,
            );
            const features = { ...featuresOf(read.slots, match), similarity, standsOut: similarity, nearer: 0 };
            for (const name of featureNames) {
              expect(features[name]).toBeGreaterThanOrEqual(0);
              expect(features[name]).toBeLessThanOrEqual(1);
            }
            for (const meaning of [true, false]) {
              const plain = relevanceOf(features, { meaning, preferred: false });
              const preferred = relevanceOf(features, { meaning, preferred: true });
              expect(plain).toBeGreaterThan(0);
              expect(preferred).toBeLessThan(1);
              expect(preferred).toBeGreaterThan(plain);
            }
          }
        },
      ),
    );
  });
});
