import type { Db } from '../../platform/index.ts';
import type { KnowledgeVerdict, Language, Passage } from '../../ticket/index.ts';
import type { NearestChunks, SemanticIndex } from '../semantic/semantic-index.ts';
import { readNumber, readPassages } from '../stores/chunks.ts';
import type { ExplainedPassage, SearchOptions } from '../types.ts';
import type { Memory, MemoryState } from './memory.ts';
import { type Candidates, type Ranked, rankChunks } from './rank-chunks.ts';
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

/** So many chunks are taken for being near in meaning, whatever their words. */
const mostNear = 40;

export interface Searcher {
  readonly db: Db;
  readonly memory: Memory;
  readonly synonyms: Synonyms;
  /** Null: by words alone. */
  readonly semantic: SemanticIndex | null;
}

/**
 * Passages of the question's own language; those of other languages only when it has none that is relevant
 * enough. A question in a language of neither is tried in all.
 */
export async function search(searcher: Searcher, query: string, options: SearchOptions): Promise<KnowledgeVerdict> {
  const text = readable(query);
  const order: readonly Language[] = options.language === 'de' ? ['de', 'en', 'other'] : ['en', 'de', 'other'];
  let state = await searcher.memory.current();
  let asked = searcher;
  for (const language of order) {
    if (state.indexes[language].size === 0) continue;
    const ranked = await rankIn(asked, state, text, language, options);
    state = ranked.state;
    // A model that was late would cost its whole time again for each language.
    if (!ranked.meant) asked = { ...searcher, semantic: null };
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
  const { best } = await rankIn(searcher, await searcher.memory.current(), readable(query), options.language, options);
  const byId = new Map(best.map((ranked) => [ranked.id, ranked]));
  const passages = await fetchPassages(searcher.db, best.slice(0, options.limit));
  return passages.map((passage) => {
    const { score, features } = byId.get(passage.chunkId)!;
    return { ...passage, bm25: score, features: { ...features } };
  });
}

/** The passages of one language, best first, with the state of the knowledge that they were ranked in. */
async function rankIn(
  searcher: Searcher,
  known: MemoryState,
  text: string,
  language: Language,
  options: SearchOptions,
): Promise<{ best: Ranked[]; state: MemoryState; meant: boolean }> {
  let state = known;
  for (let turn = 0; ; turn++) {
    const index = state.indexes[language];
    const question = readQuestion(index, { ...options, text }, searcher.synonyms);
    const category = options.filterCategory ? (options.category ?? null) : null;
    const [number, near] = await Promise.all([
      readNumber(searcher.db),
      searcher.semantic?.nearest(question.meant, { languages: [language], category, limit: mostNear }) ?? null,
    ]);
    // Another process changed the knowledge: read what it wrote and look again. Under constant change the third
    // look has to do; its passages are checked against the database when they are fetched.
    if (number === state.number || turn === 2) {
      const ids = index.postings.candidates(question.slots, index, category);
      const candidates = await withSimilarity(searcher.semantic, question.meant, ids, near);
      return { best: rankChunks(question, candidates, index, options), state, meant: near !== null };
    }
    state = await searcher.memory.renew(number);
  }
}

/** The chunks found by words and by meaning; without an index, or when it does not answer, by words alone. */
async function withSimilarity(
  semantic: SemanticIndex | null,
  meant: string,
  ids: readonly string[],
  near: NearestChunks | null,
): Promise<Candidates> {
  if (semantic === null || near === null) return { ids, similarity: null };
  const nearest = new Map(near.hits.map(({ chunkId, similarity }) => [chunkId, similarity]));
  const others = await semantic.similarity(
    meant,
    ids.filter((id) => !nearest.has(id)),
  );
  // An index that was exchanged between the two answers measures otherwise.
  if (others === null || others.indexId !== near.indexId) return { ids, similarity: null };
  return { ids: [...new Set([...ids, ...nearest.keys()])], similarity: new Map([...others.of, ...nearest]) };
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
