import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DescribedAsk, type DescribedDraft, describeDraft } from '../../src/answering/index.ts';
import type { ExplainedPassage, SearchOptions } from '../../src/knowledge/index.ts';
import { createRandom, splitSentences } from '../../src/ml/index.ts';
import { searchMessage } from '../../src/search-message.ts';
import type { KnowledgeVerdict, Language } from '../../src/ticket/index.ts';
import { readJudgeCases } from '../judge/cases.ts';
import { findPassages, searchAsks } from '../judge/found-passages.ts';
import { learnEmbedder, type NotedQuestion, openInMemory } from '../retrieval/in-memory.ts';
import { readDevQuestions } from '../retrieval/read-questions.ts';
import { type AnswerCase, holdsFacts, readCases } from './cases.ts';

/** What may be told of a message, and whether it is right. */
export interface JudgeRow {
  /**
   * `two-asks` joins two questions of one writer; `quote` tells one or two sentences as a person or a model would;
   * `reply` is one of the labelled replies of evals/judge, the tuning half alone.
   */
  readonly kind: AnswerCase['kind'] | 'two-asks' | 'quote' | 'reply';
  /** A two-ask row one of whose questions has no answer. */
  readonly unanswerable: boolean;
  readonly asks: readonly (DescribedAsk & { readonly right: boolean })[];
  readonly right: boolean;
}

/**
 * Rows of several writers, a list each. Each writer's questions are searched with the others' noted, so that no question
 * finds itself.
 */
export async function readJudgeRows(): Promise<JudgeRow[][]> {
  const here = (name: string) => readCases(join(import.meta.dirname, name));
  const sets = [
    [...here('dev-cases.jsonl'), ...retrievalNegatives()],
    here('field-cases-1.jsonl'),
    here('field-cases-2.jsonl'),
  ];
  const embed = learnEmbedder();
  const reading = sets.map(async (cases, own) => {
    const noted = sets.flatMap((other, i): readonly NotedQuestion[] => (i === 0 || i === own ? [] : other));
    const { explain } = openInMemory(own === 0 ? noted : [...noted, ...readDevQuestions()], embed);
    const search = searchIn(explain);
    const rows: JudgeRow[] = [];
    for (const one of [...cases, ...joinQuestions(cases, own)]) rows.push(...(await readRows(one, search)));
    return rows;
  });
  return Promise.all(reading);
}

/** The questions without an answer that were written for retrieval. */
function retrievalNegatives(): AnswerCase[] {
  const path = resolve(import.meta.dirname, '../retrieval/dev-questions.jsonl');
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((one) => one.kind === 'unanswerable')
    .map((one) => ({ ...one, id: `retrieval-${one.id}`, facts: [] }));
}

interface Joined {
  readonly kind: 'two-asks';
  readonly language: 'en' | 'de';
  readonly question: string;
  readonly parts: readonly AnswerCase[];
}

/** Each question with an answer beside another one of the same writer, every second time one without. */
function joinQuestions(cases: readonly AnswerCase[], seed: number): Joined[] {
  const random = createRandom(seed + 1);
  const any = <T>(list: readonly T[]) => list[random.integer(list.length)]!;
  return (['en', 'de'] as const).flatMap((language) => {
    const short = cases.filter((one) => one.language === language && one.question.length < 260);
    const known = short.filter(({ kind }) => kind === 'answerable');
    const unknown = short.filter(({ kind }) => kind === 'unanswerable');
    return known.flatMap((one, i): Joined[] => {
      const other = i % 2 === 0 ? any(known) : any(unknown);
      const parts = random.integer(2) === 0 ? [one, other] : [other, one];
      if (one === other) return [];
      return [{ kind: 'two-asks', language, question: parts.map(({ question }) => question).join(' '), parts }];
    });
  });
}

/** The search without a database, as the pipeline asks it; whether anything is relevant enough decides later. */
function searchIn(explain: ReturnType<typeof openInMemory>['explain']) {
  const rank = (text: string, language: Language, limit: number): ExplainedPassage[] =>
    explain(text, language === 'de' ? 'de' : 'en', limit).map(({ id, asked: _, features, ...chunk }) => ({
      ...chunk,
      chunkId: id,
      features: { ...features },
    }));
  return {
    explain: async (text: string, { language, limit }: SearchOptions) => rank(text, language, limit),
    search: async (text: string, { language, limit }: SearchOptions): Promise<KnowledgeVerdict> => {
      const passages = rank(text, language, limit);
      return { found: passages.length > 0, passages, relevance: passages[0]?.score ?? 0, knowledgeVersion: '' };
    },
  };
}
type Search = ReturnType<typeof searchIn>;

async function readRows(one: AnswerCase | Joined, search: Search): Promise<JudgeRow[]> {
  const { language, question } = one;
  const found = await searchMessage(search, { subject: '', body: question }, { language, limit: 5 });
  if (!found.found) return [];
  const draft = { subject: '', question, language, passages: found.passages, searched: found.asks };
  if (one.kind === 'two-asks') return [rowOf('two-asks', one.parts, describeDraft(draft))];
  if (one.kind === 'near-miss') return readNearMiss(one, draft, search);
  const row = rowOf(one.kind, [one], describeDraft(draft));
  return one.kind === 'answerable' && row.asks.length === 1 ? [row, ...readQuotes(one, draft)] : [row];
}

/**
 * The labelled replies that the weights can learn from: of the poor ones those to a single ask whose every sentence has
 * its passage; the others are poor for reasons that are found without weights, or it is not known for which ask.
 */
export async function readReplyRows(): Promise<JudgeRow[]> {
  const sets = ['dev-cases.jsonl', 'field-cases-1.jsonl', 'field-cases-2.jsonl'];
  const noted = sets.flatMap((name) => readCases(join(import.meta.dirname, name)));
  const { explain } = searchIn(openInMemory([...noted, ...readDevQuestions()], learnEmbedder()).explain);
  const rows: JudgeRow[] = [];
  for (const one of readJudgeCases('tuning')) {
    const [passages, searched] = [await findPassages(one, explain), await searchAsks(one, explain)];
    const { asks, unsupported } = describeDraft({ subject: '', ...one, passages, searched });
    const right = one.verdict === 'good';
    if (asks.length === 0 || (!right && (asks.length > 1 || unsupported.length > 0))) continue;
    rows.push({ kind: 'reply', unanswerable: false, right, asks: asks.map((ask) => ({ ...ask, right })) });
  }
  return rows;
}

type Draft = Parameters<typeof describeDraft>[0];

/** An ask is right when the facts of the question that it stands in are told. */
function rowOf(kind: JudgeRow['kind'], parts: readonly AnswerCase[], { quotes, asks }: DescribedDraft): JudgeRow {
  const told = quotes.join(' ');
  const isRight = (part: AnswerCase) => part.kind === 'answerable' && holdsFacts(told, part.facts);
  const partOf = ({ text }: DescribedAsk) => parts.find(({ question }) => question.includes(text.slice(0, 40)));
  return {
    kind,
    unanswerable: parts.some((part) => part.kind === 'unanswerable'),
    asks: asks.map((ask) => ({ ...ask, right: isRight(partOf(ask) ?? parts[0]!) })),
    right: parts.every(isRight),
  };
}

/** The wrong quote, with the passage that it stands in. */
async function readNearMiss(one: AnswerCase, draft: Draft, search: Search): Promise<JudgeRow[]> {
  const quote = one.wrong_quote!;
  const plain = (text: string) => text.replaceAll('**', '');
  const all = await search.explain(one.question, { language: one.language, limit: 100 });
  const source = [...draft.passages, ...all].find(({ text }) => plain(text).includes(plain(quote)));
  if (source === undefined) return [];
  const known = draft.passages.some(({ chunkId }) => chunkId === source.chunkId);
  const passages = known ? draft.passages : [...draft.passages, source];
  return [rowOf('near-miss', [one], describeDraft({ ...draft, passages, quotes: [quote] }))];
}

/** The sentence that holds the facts, alone and with a neighbour; one or two others of its section; one of another. */
function readQuotes(one: AnswerCase, draft: Draft): JudgeRow[] {
  const sentences = draft.passages.flatMap(({ chunkId, text }) =>
    splitSentences(text).map((sentence) => ({ chunkId, quote: sentence.text })),
  );
  const right = sentences.find(({ quote }) => holdsFacts(quote, one.facts));
  if (right === undefined) return [];
  const others = sentences.filter(({ quote }) => quote.length > 15 && !holdsFacts(quote, one.facts));
  const near = others.filter(({ chunkId }) => chunkId === right.chunkId);
  const far = others.filter(({ chunkId }) => chunkId !== right.chunkId);
  const pick = (list: typeof others, n: number) => list[(7 * one.question.length + 13 * n) % list.length]!.quote;
  const told = [[right.quote]];
  if (near.length > 1) told.push([right.quote, pick(near, 1)], [pick(near, 2)], [pick(near, 3), pick(near, 4)]);
  if (far.length > 0) told.push([pick(far, 1)]);
  return told.map((quotes) => rowOf('quote', [one], describeDraft({ ...draft, quotes })));
}
