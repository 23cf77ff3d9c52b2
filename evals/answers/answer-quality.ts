import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Answering, createAnswering, loadTemplates, scoreQuote } from '../../src/answering/index.ts';
import type { Knowledge } from '../../src/knowledge/index.ts';
import { bootstrap, rocAuc } from '../../src/ml/index.ts';
import { parseConfig } from '../../src/platform/index.ts';
import { decide } from '../../src/policy/index.ts';
import { searchMessage } from '../../src/search-message.ts';
import { openStarterModel, readTaxonomy } from '../../src/starter.ts';
import {
  type AnsweringVerdict,
  type KnowledgeVerdict,
  type Passage,
  type PolicyVerdict,
  requireCategory,
  type TriageVerdict,
} from '../../src/ticket/index.ts';
import { createTriage, type Triage } from '../../src/triage/index.ts';
import { type AnswerCase, holdsFacts, readCases } from './cases.ts';
import { openStarterKnowledge } from './starter-knowledge.ts';

/**
 * Answer quality without a language model: search, composer, judge and guardrails over the starter knowledge.
 *   node evals/answers/answer-quality.ts [cases.jsonl] [--failures] [--alone]
 * Prints JSON: shares with 95 % bootstrap intervals, per language, and which rules held right drafts back; with
 * --failures each case that failed. Questions of the file that authors have noted in the documents are withheld from
 * the search. The whole way is measured: router, search, composer, judge, guardrails and the rules that decide. With
 * --alone the router is left out (the category counts as given).
 */
const root = resolve(import.meta.dirname, '../..');
const passagesPerQuestion = 5;

export interface Outcome {
  readonly case: AnswerCase;
  readonly found: KnowledgeVerdict;
  /** For a near-miss there is no answer, only the judge's score of the wrong quote. */
  readonly verdict: AnsweringVerdict | null;
  readonly triage: TriageVerdict | null;
  /** null where the router was left out, or there is no answer. */
  readonly policy: PolicyVerdict | null;
  readonly draftHolds: boolean;
  readonly finalHolds: boolean;
  readonly escalated: boolean;
  readonly judgeScore: number;
  readonly milliseconds: number;
}

export function createStarterAnswering(): { readonly answering: Answering } {
  const templates = loadTemplates(
    join(root, 'starter/templates'),
    readTaxonomy().categories.map((category) => category.name),
  );
  const settings = { form: 'sie', disclosure: true } as const;
  return { answering: createAnswering({ templates, llm: null, settings }) };
}

export async function runCase(
  one: AnswerCase,
  knowledge: Pick<Knowledge, 'search' | 'explain'>,
  answering: Answering,
  router: Triage | null = null,
): Promise<Outcome> {
  const triage = await router?.assess({
    subject: one.question.slice(0, 80),
    body: one.question,
    language: one.language,
  });
  const category = triage === undefined || triage.abstained ? null : triage.category;
  const message = { subject: '', body: one.question };
  const found = await searchMessage(knowledge, message, {
    language: one.language,
    category,
    limit: passagesPerQuestion,
  });
  if (one.kind === 'near-miss')
    return judgeNearMiss(one, found, await knowledge.search(one.wrong_quote!, { language: one.language, limit: 20 }));
  const started = performance.now();
  const verdict = await answering.answer({
    subject: '',
    body: one.question,
    language: one.language,
    triage: triage ?? noTriage,
    passages: found.passages,
    found: found.found,
    ...(found.asks === undefined ? {} : { searched: found.asks }),
    method: 'template',
    tone: 'professional',
    k: passagesPerQuestion,
    categoryGiven: router === null,
    category: null,
    customer: null,
  });
  const milliseconds = performance.now() - started;
  const policy = triage === undefined ? null : decideOn(triage, found, verdict);
  const escalated = policy === null ? verdict.guardrail !== 'OK' : policy.outcome !== 'resolve';
  const draftHolds = one.kind === 'answerable' && verdict.draft !== null && holdsFacts(verdict.draft.text, one.facts);
  const judgeScore = verdict.judge?.score ?? 0;
  return {
    case: one,
    found,
    verdict,
    triage: triage ?? null,
    policy,
    draftHolds,
    finalHolds: draftHolds && !escalated,
    escalated,
    judgeScore,
    milliseconds,
  };
}

/** The wrong quote as a draft that cites its passage; the passages of the question are there as well. */
function judgeNearMiss(one: AnswerCase, found: KnowledgeVerdict, around: KnowledgeVerdict): Outcome {
  const quote = one.wrong_quote!;
  const source = [...found.passages, ...around.passages].find((passage) => passage.text.includes(quote));
  if (source === undefined) throw new Error(`${one.id}: no passage holds the quote`);
  const passages: Passage[] = found.passages.includes(source) ? [...found.passages] : [...found.passages, source];
  const judge = scoreQuote({ subject: '', question: one.question, language: one.language, quote, source, passages });
  return {
    case: one,
    found,
    verdict: null,
    triage: null,
    policy: null,
    draftHolds: false,
    finalHolds: false,
    escalated: judge.score < 0.5,
    judgeScore: judge.score,
    milliseconds: 0,
  };
}

/** What the rules of automatic resolution say. */
function decideOn(triage: TriageVerdict, knowledge: KnowledgeVerdict, answering: AnsweringVerdict): PolicyVerdict {
  const category = requireCategory(readTaxonomy(), triage.category);
  return decide({ triage, knowledge, answering, category, categoryGiven: false });
}

const noTriage: TriageVerdict = {
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
  personReasons: [],
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
    right_but_held_back: countHeldBack(outcomes),
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

/** Right drafts that were not sent: by the first rule that failed, and by the rule that failed alone. */
function countHeldBack(outcomes: readonly Outcome[]) {
  const held = outcomes.filter(({ draftHolds, finalHolds, policy }) => draftHolds && !finalHolds && policy !== null);
  const first: Record<string, number> = {};
  const alone: Record<string, number> = {};
  for (const { policy, verdict } of held) {
    const failing = policy!.checks
      .filter(({ rule, passed }) => !passed && rule !== 'judge-vouches')
      .map(({ rule }) => rule);
    const name = failing[0] === 'guardrail-ok' ? `guardrail ${verdict!.guardrail}` : failing[0]!;
    first[name] = (first[name] ?? 0) + 1;
    if (failing.length === 1) alone[name] = (alone[name] ?? 0) + 1;
  }
  return { n: held.length, first, alone };
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
  const { case: one, verdict, triage, policy, judgeScore, found, draftHolds } = outcome;
  return {
    id: one.id,
    kind: one.kind,
    draftHolds,
    decidedBy: policy?.decidedBy,
    failing: policy?.checks.filter(({ passed }) => !passed).map(({ rule, detail }) => `${rule}: ${detail}`),
    categories: triage === null ? [] : [{ category: triage.category, p: triage.confidence }, ...triage.alternatives],
    question: one.question,
    found: found.found,
    relevance: found.relevance,
    headings: found.passages.slice(0, 2).map((passage) => passage.heading),
    guardrail: verdict?.guardrail,
    judge: judgeScore,
    reasoning: verdict?.judge?.reasoning,
    quotes: verdict?.draft?.citations.slice(0, 4).map((citation) => citation.quote) ?? [one.wrong_quote ?? ''],
  };
}

const failed = ({ case: one, finalHolds, escalated }: Outcome) =>
  one.kind === 'answerable' ? !finalHolds : !escalated;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const path = args.find((arg) => !arg.startsWith('--')) ?? join(import.meta.dirname, 'dev-cases.jsonl');
  const cases = readCases(path);
  const { answering } = createStarterAnswering();
  const { knowledge, end } = await openStarterKnowledge(cases.map((one) => one.question));
  const router = args.includes('--alone') ? null : await starterRouter();
  const outcomes: Outcome[] = [];
  for (const one of cases) outcomes.push(await runCase(one, knowledge, answering, router));
  await end();
  const times = outcomes
    .filter((o) => o.verdict !== null)
    .map((o) => o.milliseconds)
    .sort((a, b) => a - b);
  const report = {
    cases: path.split('/').at(-1),
    router: router === null ? 'left out' : router.version,
    all: summarise(outcomes),
    en: summarise(outcomes.filter((outcome) => outcome.case.language === 'en')),
    de: summarise(outcomes.filter((outcome) => outcome.case.language === 'de')),
    answer_ms: { median: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] },
    ...(args.includes('--failures') ? { failures: outcomes.filter(failed).map(describeFailure) } : {}),
  };
  console.log(JSON.stringify(report, null, 2));
}

/** The starter model, kept below the system's temporary folder. */
async function starterRouter(): Promise<Triage> {
  const model = await openStarterModel(
    parseConfig({ SIGNALBOX_DATA: join(tmpdir(), 'signalbox-evals-data') }),
    () => undefined,
  );
  return createTriage(model, readTaxonomy());
}

if (import.meta.main) await main();
