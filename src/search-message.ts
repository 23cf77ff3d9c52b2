import { asksToSearch } from './answering/index.ts';
import type { Knowledge, SearchOptions } from './knowledge/index.ts';
import type { KnowledgeVerdict, Passage, SearchedAsk } from './ticket/index.ts';

export interface SearchedMessage {
  readonly subject: string;
  readonly body: string;
}

/** So far down the ranking of an ask it is known how relevant a passage is; what comes later counts as not relevant. */
const ranked = 30;
const notRelevant = 0.003;
/** The best passage of an ask joins the others from here on. */
const leastRelevant = 0.15;

/**
 * What the knowledge holds for a message. Of several asks each that means something by itself is searched by itself as
 * well: its best passage is among those returned, and the verdict tells how relevant each of them is for that ask.
 * For the message as a whole a relevant passage for one ask hides that nothing answers the other: of some 320 messages
 * with a question that the documentation answers and one that it does not, about half passed the judge without this,
 * and 0.15 with it and weights fitted to it (evals/answers/fit-judge.ts). One more search an ask, some milliseconds.
 */
export async function searchMessage(
  knowledge: Pick<Knowledge, 'search' | 'explain'>,
  { subject, body }: SearchedMessage,
  options: SearchOptions,
): Promise<KnowledgeVerdict> {
  const whole = await knowledge.search(`${subject}\n${body}`, options);
  const texts = asksToSearch({ subject, body, language: options.language });
  if (!whole.found || texts.length === 0) return whole;
  const { context: _, ...alone } = options;
  const { language } = whole.passages[0]!;
  const found = await Promise.all(
    texts.map(async (text) => ({
      text,
      passages: await knowledge.explain(text, { ...alone, language, limit: ranked }),
    })),
  );
  const passages = joinPassages(
    whole.passages,
    found.map(({ passages: own }) => own),
    options.limit,
  );
  return { ...whole, passages, asks: found.map(({ text, passages: own }) => relevanceOf(text, own, passages)) };
}

/** The best for the message, the best for each ask, then the others, at most `limit`; ordered by relevance. */
function joinPassages(whole: readonly Passage[], asks: readonly (readonly Passage[])[], limit: number): Passage[] {
  const best = asks.flatMap(([first]) => (first !== undefined && first.score >= leastRelevant ? [first] : []));
  const chosen = new Map<string, Passage>();
  for (const passage of [...whole.slice(0, 1), ...best, ...whole.slice(1)]) {
    const known = chosen.get(passage.chunkId);
    if (known === undefined && chosen.size >= limit) continue;
    if (known === undefined || known.score < passage.score) chosen.set(passage.chunkId, bare(passage));
  }
  return [...chosen.values()].sort((a, b) => b.score - a.score);
}

/** Without what the ranking laid open. */
function bare(passage: Passage): Passage {
  const { bm25: _bm25, features: _features, ...rest } = passage as Passage & { bm25?: unknown; features?: unknown };
  return rest;
}

function relevanceOf(text: string, own: readonly Passage[], passages: readonly Passage[]): SearchedAsk {
  const scores = new Map(own.map(({ chunkId, score }) => [chunkId, score]));
  return {
    text,
    relevance: Object.fromEntries(passages.map(({ chunkId }) => [chunkId, scores.get(chunkId) ?? notRelevant])),
  };
}
