import type { Db } from '../../platform/index.ts';
import type { KnowledgeVerdict, Language, Passage } from '../../ticket/index.ts';
import { findCandidates, readPassages } from '../stores/chunks.ts';
import type { ExplainedPassage, SearchOptions } from '../types.ts';
import { chooseTerms } from './choose-terms.ts';
import type { Memory, MemoryState } from './memory.ts';
import { type Ranked, rankChunks } from './rank-chunks.ts';
import { readQuestion } from './read-question.ts';
import { relevanceWeights } from './relevance-weights.ts';
import type { Synonyms } from './synonyms.ts';

/** Of a longer message the beginning and the end are read: what is pasted between them holds no question. */
const readsFirst = 6_000;
const readsLast = 2_000;

function readable(query: string): string {
  const text = query.normalize('NFKC');
  return text.length <= readsFirst + readsLast ? text : `${text.slice(0, readsFirst)}\n\n${text.slice(-readsLast)}`;
}

export interface Searcher {
  readonly db: Db;
  readonly memory: Memory;
  readonly synonyms: Synonyms;
}

/**
 * Passages of the question's own language; those of other languages only when it has none that is relevant
 * enough. A question in a language of neither is tried in all.
 */
export async function search(searcher: Searcher, query: string, options: SearchOptions): Promise<KnowledgeVerdict> {
  const text = readable(query);
  const order: readonly Language[] = options.language === 'de' ? ['de', 'en', 'other'] : ['en', 'de', 'other'];
  let state = await searcher.memory.current();
  for (const language of order) {
    if (state.indexes[language].size === 0) continue;
    const ranked = await rankIn(searcher, state, text, language, options);
    state = ranked.state;
    if ((ranked.best[0]?.relevance ?? 0) >= relevanceWeights.threshold) {
      const passages = await fetchPassages(searcher.db, ranked.best.slice(0, options.limit));
      if (passages.length > 0) {
        return { found: true, passages, relevance: passages[0]!.score, knowledgeVersion: state.version };
      }
    }
  }
  return { found: false, passages: [], relevance: 0, knowledgeVersion: state.version };
}

/**
 * The same ranking laid open: passages of one language whatever their relevance, with what it was told from.
 * For measuring, for fitting the weights and for showing why.
 */
export async function explain(searcher: Searcher, query: string, options: SearchOptions): Promise<ExplainedPassage[]> {
  const { best } = await rankIn(
    searcher,
    await searcher.memory.current(),
    query.normalize('NFKC'),
    options.language,
    options,
  );
  const byId = new Map(best.map((ranked) => [ranked.id, ranked]));
  const passages = await fetchPassages(searcher.db, best.slice(0, options.limit));
  return passages.map((passage) => {
    const { score, features } = byId.get(passage.chunkId)!;
    return { ...passage, bm25: score, features: { ...features } };
  });
}

/** The passages of one language, most relevant first, with the state of the knowledge that they were ranked in. */
async function rankIn(
  searcher: Searcher,
  known: MemoryState,
  text: string,
  language: Language,
  options: SearchOptions,
): Promise<{ best: Ranked[]; state: MemoryState }> {
  let state = known;
  for (let turn = 0; ; turn++) {
    const question = readQuestion(state.indexes[language], text, options.language, searcher.synonyms);
    const { version, ids } = await findCandidates(searcher.db, {
      language,
      terms: chooseTerms(question.slots, state.indexes[language]),
      category: options.filterCategory ? (options.category ?? null) : null,
    });
    // Another process changed the knowledge: read what it wrote and look again. Under constant change the third
    // look has to do; its passages are checked against the database when they are fetched.
    if (version === state.number || turn === 2)
      return { best: rankChunks(question, ids, state.indexes[language], options), state };
    state = await searcher.memory.renew(version);
  }
}

async function fetchPassages(db: Db, best: readonly Ranked[]): Promise<Passage[]> {
  const rows = new Map(
    (
      await readPassages(
        db,
        best.map((b) => b.id),
      )
    ).map((row) => [row.id, row]),
  );
  return best.flatMap(({ id, relevance }) => {
    const row = rows.get(id);
    if (!row) return [];
    return {
      chunkId: row.id,
      documentId: row.document_id,
      document: row.title,
      heading: row.heading,
      text: row.text,
      position: row.position,
      page: row.page,
      language: row.language,
      category: row.category,
      score: relevance,
    };
  });
}
