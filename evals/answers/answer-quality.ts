import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answering, createAnswering, loadTemplates, scoreQuote } from '../../src/answering/index.ts';
import { bootstrap, rocAuc } from '../../src/ml/index.ts';
import type { AnsweringVerdict, KnowledgeVerdict, Passage, TriageVerdict } from '../../src/ticket/index.ts';
import { type AnswerCase, holdsFacts, readCases } from './cases.ts';
import { openStarterKnowledge } from './starter-knowledge.ts';

/**
 * Answer quality without a language model: search, composer, judge and guardrails over the starter knowledge.
 *   node evals/answers/answer-quality.ts [cases.jsonl] [--failures]
 * Prints JSON: shares with 95 % bootstrap intervals, per language; with --failures each case that failed.
 * The router is left out (the category counts as given): its own quality is measured in evals/classifier.
 */
const root = resolve(import.meta.dirname, '../..');
const passagesPerQuestion = 5;

export interface Outcome {
  readonly case: AnswerCase;
  readonly found: KnowledgeVerdict;
  /** For a near-miss there is no answer, only the judge's score of the wrong quote. */
  readonly verdict: AnsweringVerdict | null;
  readonly draftHolds: boolean;
  readonly finalHolds: boolean;
  readonly escalated: boolean;
  readonly judgeScore: number;
  readonly milliseconds: number;
}

export function createStarterAnswering(): { readonly answering: Answering } {
  const { categories } = JSON.parse(readFileSync(join(root, 'starter/taxonomy.json'), 'utf8'));
  const templates = loadTemplates(
    join(root, 'starter/templates'),
    categories.map((category: { name: string }) => category.name),
  );
  const settings = { form: 'sie', disclosure: true } as const;
  return { answering: createAnswering({ templates, llm: null, settings }) };
}

export async function runCase(
  one: AnswerCase,
  search: (question: string, language: 'en' | 'de', limit: number) => Promise<KnowledgeVerdict>,
  answering: Answering,
): Promise<Outcome> {
  const found = await search(one.question, one.language, passagesPerQuestion);
  if (one.kind === 'near-miss')
    return judgeNearMiss(one, found, await search(one.wrong_answer_quote!, one.language, 20));
  const started = performance.now();
  const verdict = await answering.answer({
    subject: '',
    body: one.question,
    language: one.language,
    triage,
    passages: found.passages,
    found: found.found,
    method: 'template',
    tone: 'professional',
    k: passagesPerQuestion,
    categoryGiven: true,
    category: null,
  });
  const milliseconds = performance.now() - started;
  const escalated = verdict.guardrail !== 'OK';
  const draftHolds = one.kind === 'answerable' && verdict.draft !== null && holdsFacts(verdict.draft.text, one.facts);
  const judgeScore = verdict.judge?.score ?? 0;
  return {
    case: one,
    found,
    verdict,
    draftHolds,
    finalHolds: draftHolds && !escalated,
    escalated,
    judgeScore,
    milliseconds,
  };
}

/** The wrong quote as a draft that cites its passage; the passages of the question are there as well. */
function judgeNearMiss(one: AnswerCase, found: KnowledgeVerdict, around: KnowledgeVerdict): Outcome {
  const quote = one.wrong_answer_quote!;
  const source = [...found.passages, ...around.passages].find((passage) => passage.text.includes(quote));
  if (source === undefined) throw new Error(`${one.id}: no passage holds the quote`);
  const passages: Passage[] = found.passages.includes(source) ? [...found.passages] : [...found.passages, source];
  const judge = scoreQuote({ subject: '', question: one.question, language: one.language, quote, source, passages });
  return {
    case: one,
    found,
    verdict: null,
    draftHolds: false,
    finalHolds: false,
    escalated: judge.score < 0.5,
    judgeScore: judge.score,
    milliseconds: 0,
  };
}

const triage: TriageVerdict = {
  category: 'General',
  department: 'Legal',
  intent: 'general_question',
  confidence: 1,
  abstained: false,
  alternatives: [],
  urgencyScore: 0,
  priority: 'low',
  urgencyCues: [],
  categoryCues: [],
  sentiment: 'neutral',
  signals: { thanks: false, frustration: false, wantsPerson: false, notWorking: false },
  modelUsed: 'none',
  modelVersion: 'none',
};

/** Shares with their intervals. */
export function summarise(outcomes: readonly Outcome[]) {
  const share = (kind: AnswerCase['kind'], test: (outcome: Outcome) => boolean) => {
    const rows = outcomes.filter((outcome) => outcome.case.kind === kind);
    const estimate = bootstrap(
      rows.length,
      (places) => places.reduce((sum, place) => sum + (test(rows[place]!) ? 1 : 0), 0) / places.length,
      { seed: 7 },
    );
    return { n: rows.length, ...rounded(estimate) };
  };
  return {
    draft_holds_fact: share('answerable', (outcome) => outcome.draftHolds),
    final_holds_fact: share('answerable', (outcome) => outcome.finalHolds),
    answerable_wrongly_answered: share('answerable', (outcome) => !outcome.escalated && !outcome.draftHolds),
    unanswerable_escalated: share('unanswerable', (outcome) => outcome.escalated),
    near_miss_below_half: share('near-miss', (outcome) => outcome.escalated),
    judge_auc_right_against_near_miss: auc(
      outcomes.filter((outcome) => outcome.draftHolds),
      outcomes.filter((outcome) => outcome.case.kind === 'near-miss'),
    ),
    judge_auc_right_against_unanswerable: auc(
      outcomes.filter((outcome) => outcome.draftHolds),
      outcomes.filter((outcome) => outcome.case.kind === 'unanswerable'),
    ),
  };
}

function auc(right: readonly Outcome[], wrong: readonly Outcome[]) {
  const all = [...right, ...wrong];
  const estimate = bootstrap(
    all.length,
    (places) => {
      const scores = (of: (place: number) => boolean) => places.filter(of).map((place) => all[place]!.judgeScore);
      return rocAuc(
        scores((place) => place < right.length),
        scores((place) => place >= right.length),
      );
    },
    { seed: 7 },
  );
  return { n_right: right.length, n_wrong: wrong.length, ...rounded(estimate) };
}

const rounded = ({ value, low, high }: { value: number; low: number; high: number }) => ({
  value: Number(value.toFixed(3)),
  low: Number(low.toFixed(3)),
  high: Number(high.toFixed(3)),
});

function describeFailure(outcome: Outcome) {
  const { case: one, verdict, judgeScore, found } = outcome;
  return {
    id: one.id,
    question: one.question,
    found: found.found,
    relevance: found.relevance,
    headings: found.passages.slice(0, 2).map((passage) => passage.heading),
    guardrail: verdict?.guardrail,
    judge: judgeScore,
    reasoning: verdict?.judge?.reasoning,
    quotes: verdict?.draft?.citations.slice(0, 4).map((citation) => citation.quote) ?? [one.wrong_answer_quote ?? ''],
  };
}

const failed = ({ case: one, finalHolds, escalated }: Outcome) =>
  one.kind === 'answerable' ? !finalHolds : !escalated;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const path = args.find((arg) => !arg.startsWith('--')) ?? join(import.meta.dirname, 'dev-cases.jsonl');
  const cases = readCases(path);
  const { answering } = createStarterAnswering();
  const { knowledge, end } = await openStarterKnowledge();
  const search = (question: string, language: 'en' | 'de', limit: number) =>
    knowledge.search(question, { language, limit });
  const outcomes: Outcome[] = [];
  for (const one of cases) outcomes.push(await runCase(one, search, answering));
  await end();
  const times = outcomes
    .filter((o) => o.verdict !== null)
    .map((o) => o.milliseconds)
    .sort((a, b) => a - b);
  const report = {
    cases: path.split('/').at(-1),
    all: summarise(outcomes),
    en: summarise(outcomes.filter((outcome) => outcome.case.language === 'en')),
    de: summarise(outcomes.filter((outcome) => outcome.case.language === 'de')),
    answer_ms: { median: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] },
    ...(args.includes('--failures') ? { failures: outcomes.filter(failed).map(describeFailure) } : {}),
  };
  console.log(JSON.stringify(report, null, 2));
}

if (import.meta.main) await main();
