import { splitSentences } from '../../ml/index.ts';
import type { Db } from '../../platform/index.ts';
import type { KnowledgeVerdict, Language, Passage } from '../../ticket/index.ts';
import { findCandidates, readPassages } from '../stores/chunks.ts';
import type { SearchOptions } from '../types.ts';
import { chooseTerms } from './choose-terms.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Memory, MemoryState } from './memory.ts';
import { createQueryReader, type QueryReader, type Slot } from './read-query.ts';
import { featuresOf, relevanceOf } from './relevance.ts';
import { relevanceWeights } from './relevance-weights.ts';
import { scorePassage } from './score.ts';
import type { Synonyms } from './synonyms.ts';

/** The best by BM25 are looked at closely. */
const looksClosely = 40;
/** A ticket of 3,000 words has at most so many words that count: its rarest. */
const mostSlots = 48;

export interface Ranked {
  readonly id: string;
  readonly relevance: number;
}

export interface Searcher {
  readonly db: Db;
  readonly memory: Memory;
  readonly synonyms: Synonyms;
}

/**
 * Passages of the question's own language; those of the other language only when it has none that is relevant
 * enough. A question in a language of neither is tried in both.
 */
export async function search(searcher: Searcher, query: string, options: SearchOptions): Promise<KnowledgeVerdict> {
  const text = query.normalize('NFKC');
  const order: readonly Language[] = options.language === 'de' ? ['de', 'en'] : ['en', 'de'];
  let state = await searcher.memory.current();
  for (const language of options.language === 'other' ? [...order, 'other' as const] : order) {
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

/** The passages of one language, most relevant first, with the state of the knowledge that they were ranked in. */
export async function rankIn(
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
      return { best: rank(question, ids, state.indexes[language], options), state };
    state = await searcher.memory.renew(version);
  }
}

interface Question {
  readonly slots: readonly Slot[];
  /** The slots of its sentences, where it has several. */
  readonly sentences: readonly (readonly Slot[])[];
}

function readQuestion(index: LanguageIndex, text: string, language: Language, synonyms: Synonyms): Question {
  const own = language === 'other' ? (index.language === 'de' ? 'de' : 'en') : language;
  const reader: QueryReader = createQueryReader(index, own, synonyms);
  const slots = strongest(reader.read(text));
  const sentences = splitSentences(text);
  return {
    slots,
    sentences:
      sentences.length < 2 ? [] : sentences.map((s) => strongest(reader.read(s.text))).filter((s) => s.length > 1),
  };
}

function strongest(slots: readonly Slot[]): readonly Slot[] {
  if (slots.length <= mostSlots) return slots;
  const least = [...slots].sort((a, b) => b.worth - a.worth)[mostSlots - 1]!.worth;
  return slots.filter((slot) => slot.worth >= least).slice(0, mostSlots);
}

function rank(question: Question, ids: readonly string[], index: LanguageIndex, options: SearchOptions): Ranked[] {
  const chunks = ids.map((id) => index.chunk(id)).filter((chunk) => chunk !== undefined);
  const scored = chunks
    .map((chunk) => ({ chunk, score: scorePassage(question.slots, chunk, index) }))
    .sort((a, b) => b.score - a.score || (a.chunk.id < b.chunk.id ? -1 : 1))
    .slice(0, Math.max(looksClosely, options.limit));
  return scored
    .map(({ chunk, score }) => {
      const preferred = options.category != null && chunk.category === options.category;
      let relevance = relevanceOf(featuresOf(question.slots, chunk, index, score), preferred);
      for (const slots of question.sentences) {
        const own = scorePassage(slots, chunk, index);
        relevance = Math.max(relevance, relevanceOf(featuresOf(slots, chunk, index, own), preferred));
      }
      return { id: chunk.id, relevance };
    })
    .sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
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
      language: row.language,
      category: row.category,
      score: relevance,
    };
  });
}
