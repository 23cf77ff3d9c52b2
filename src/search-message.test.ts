import { describe, expect, it } from 'vitest';
import type { ExplainedPassage, SearchOptions } from './knowledge/index.ts';
import { searchMessage } from './search-message.ts';
import type { KnowledgeVerdict } from './ticket/index.ts';

const passage = (chunkId: string, score: number): ExplainedPassage => ({
  chunkId,
  documentId: 'd',
  document: 'Manual',
  heading: chunkId,
  text: chunkId,
  position: 0,
  language: 'en',
  category: null,
  score,
  bm25: 1,
  features: {},
});

/** Finds what is listed for a text, and for any other text what stands under "". */
function knowledgeOf(found: Readonly<Record<string, readonly ExplainedPassage[]>>) {
  const asked: string[] = [];
  const of = (text: string) => found[text] ?? found['']!;
  return {
    asked,
    async search(text: string, { limit }: SearchOptions): Promise<KnowledgeVerdict> {
      const passages = of(text).slice(0, limit);
      return { found: passages.length > 0, passages, relevance: passages[0]?.score ?? 0, knowledgeVersion: '1' };
    },
    async explain(text: string): Promise<ExplainedPassage[]> {
      asked.push(text);
      return [...of(text)];
    },
  };
}

const questions = {
  en: ['How long does a refund to PayPal take?', 'What does the Panel cost?'],
  de: ['Wie lange dauert eine Erstattung auf PayPal?', 'Wie hoch sind die Versandkosten nach Österreich?'],
} as const;

describe.each(['en', 'de'] as const)('a message of two asks (%s)', (language) => {
  const [first, second] = questions[language];
  const body = `${first} ${second}`;
  const options = { language, limit: 2 };

  it('is searched as a whole, and each ask by itself', async () => {
    const knowledge = knowledgeOf({
      '': [passage('refund', 0.9), passage('fees', 0.5), passage('cards', 0.4)],
      [first]: [passage('refund', 0.95), passage('panel', 0.01)],
      [second]: [passage('panel', 0.8), passage('refund', 0.02)],
    });
    const verdict = await searchMessage(knowledge, { subject: '', body }, options);
    expect(knowledge.asked).toEqual([first, second]);
    // The best for the second ask takes the place of the second best for the whole.
    expect(verdict.passages.map(({ chunkId, score }) => [chunkId, score])).toEqual([
      ['refund', 0.95],
      ['panel', 0.8],
    ]);
    expect(verdict.asks).toEqual([
      { text: first, relevance: { refund: 0.95, panel: 0.01 } },
      { text: second, relevance: { refund: 0.02, panel: 0.8 } },
    ]);
    expect(Object.keys(verdict.passages[0]!)).not.toContain('features');
  });

  it('tells that a passage is not relevant for an ask that does not find it', async () => {
    const knowledge = knowledgeOf({ '': [passage('refund', 0.9)], [second]: [passage('other', 0.1)] });
    const { asks, passages } = await searchMessage(knowledge, { subject: '', body }, options);
    expect(passages.map(({ chunkId }) => chunkId)).toEqual(['refund']);
    expect(asks?.[1]?.relevance['refund']).toBeLessThan(0.01);
  });

  it('is searched once where there is one ask, or nothing is found', async () => {
    const knowledge = knowledgeOf({ '': [passage('refund', 0.9)] });
    expect(await searchMessage(knowledge, { subject: '', body: first }, options)).not.toHaveProperty('asks');
    const empty = knowledgeOf({ '': [] });
    expect(await searchMessage(empty, { subject: '', body }, options)).toMatchObject({ found: false, passages: [] });
    expect([...knowledge.asked, ...empty.asked]).toEqual([]);
  });
});
