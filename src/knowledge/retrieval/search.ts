import { splitSentences } from '../../ml/index.ts';
import type { Db } from '../../platform/index.ts';
import type { KnowledgeVerdict, Language, Passage } from '../../ticket/index.ts';
import { findCandidates, readPassages } from '../stores/chunks.ts';
import type { ExplainedPassage, SearchOptions } from '../types.ts';
import { chooseTerms } from './choose-terms.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Memory, MemoryState } from './memory.ts';
import { createQueryReader, type Slot } from './read-query.ts';
import { type Features, featureNames, featuresOf, type Match, matchPassage, relevanceOf } from './relevance.ts';
import { relevanceWeights } from './relevance-weights.ts';
import { scorePassage } from './score.ts';
import type { Synonyms } from './synonyms.ts';

/** The best by BM25 are looked at closely. */
const looksClosely = 40;
/**
 * Of a long message so many words count, the ones worth most. Among 3,000 chunks a message of 1,600 characters
 * took 46 ms with 48 words and 23 ms with 32; a usual ticket has fewer.
 */
const mostSlots = 32;

interface Ranked {
  readonly id: string;
  readonly relevance: number;
  /** BM25 of the whole question. */
  readonly score: number;
  /** Of the question; of several sentences, blended with those of the sentence that fits best. */
  readonly features: Features;
}

/** How much the best sentence of a longer message counts beside the whole. */
const sentenceShare = 0.5;

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
      return { best: rank(question, ids, state.indexes[language], options), state };
    state = await searcher.memory.renew(version);
  }
}

interface Question {
  readonly slots: readonly Slot[];
  /** Numbers of all slots. */
  readonly all: readonly number[];
  /** Numbers of the slots of each sentence, where it has several. */
  readonly sentences: readonly (readonly number[])[];
}

function readQuestion(index: LanguageIndex, text: string, language: Language, synonyms: Synonyms): Question {
  const own = language === 'other' ? (index.language === 'de' ? 'de' : 'en') : language;
  const slots = strongest(createQueryReader(index, own, synonyms).read(text));
  const all = slots.map((_, i) => i);
  const sentences = splitSentences(text);
  if (sentences.length < 2) return { slots, all, sentences: [] };
  const within = sentences
    .map(({ start, end }) => all.filter((i) => slots[i]!.places.some((place) => place >= start && place < end)))
    .filter((chosen) => chosen.length > 1);
  return { slots, all, sentences: within };
}

function strongest(slots: readonly Slot[]): readonly Slot[] {
  if (slots.length <= mostSlots) return slots;
  const least = [...slots].sort((a, b) => b.worth - a.worth)[mostSlots - 1]!.worth;
  return slots.filter((slot) => slot.worth >= least).slice(0, mostSlots);
}

function rank(question: Question, ids: readonly string[], index: LanguageIndex, options: SearchOptions): Ranked[] {
  const chunks = ids.map((id) => index.chunk(id)).filter((chunk) => chunk !== undefined);
  return chunks
    .map((chunk) => ({ chunk, score: scorePassage(question.slots, chunk, index) }))
    .sort((a, b) => b.score - a.score || (a.chunk.id < b.chunk.id ? -1 : 1))
    .slice(0, Math.max(looksClosely, options.limit))
    .map(({ chunk, score }) => {
      const features = questionFeatures(question, matchPassage(question.slots, chunk, index));
      const preferred = options.category != null && chunk.category === options.category;
      return { id: chunk.id, relevance: relevanceOf(features, preferred), score, features };
    })
    .sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
}

/** A message is told by all its words and by its best sentence: the story around a question hides it. */
function questionFeatures(question: Question, match: Match): Features {
  const whole = featuresOf(question.slots, match, question.all);
  let best: Features | null = null;
  for (const chosen of question.sentences) {
    const features = featuresOf(question.slots, match, chosen);
    if (!best || relevanceOf(features, false) > relevanceOf(best, false)) best = features;
  }
  if (!best) return whole;
  const sentence = best;
  const mixed = featureNames.map((name) => [name, (1 - sentenceShare) * whole[name] + sentenceShare * sentence[name]]);
  return Object.fromEntries(mixed) as Features;
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
