/**
 * How far the judge agrees with the person who labelled the cases:
 *   node evals/judge/judge-agreement.ts [--half tuning|frozen] [--limit N] [--failures] [--llm]
 * `judge` is the judge alone (score of at least one half), `sent` the judge with the guardrails on drafts. Both halves
 * unless one is named; --failures lists where they differ, of the tuning half alone. With --llm the language model of
 * the configuration judges (OPENAI_*, LLM_MODEL), and its failures are counted by reason; without one it ends with 2.
 */
import { join, resolve } from 'node:path';
import { judgeAnswer, loadTemplates, runChecks } from '../../src/answering/index.ts';
import { readConfiguration } from '../../src/cli/configuration.ts';
import type { Knowledge } from '../../src/knowledge/index.ts';
import { readTaxonomy } from '../../src/starter.ts';
import type { Draft, GuardrailResult, JudgeVerdict, Passage, SearchedAsk } from '../../src/ticket/index.ts';
import { openStarterKnowledge } from '../answers/starter-knowledge.ts';
import { reportAgreement } from './agreement.ts';
import { type JudgeCase, type JudgeHalf, readJudgeCases } from './cases.ts';
import { findPassages, searchAsks } from './found-passages.ts';
import { openModelJudge } from './model-judge.ts';

type Judge = (
  one: JudgeCase,
  passages: readonly Passage[],
  searched: readonly SearchedAsk[],
) => Promise<JudgeVerdict> | JudgeVerdict;

interface Row {
  readonly case: JudgeCase;
  readonly verdict: JudgeVerdict;
  /** Guardrails that would keep the reply back. */
  readonly failed: readonly GuardrailResult[];
}

const { frame } = loadTemplates(
  join(resolve(import.meta.dirname, '../..'), 'starter/templates'),
  readTaxonomy().categories.map(({ name }) => name),
);

/** The reply as a draft of unknown origin: without citations, its sentences must find their passages. */
const draftOf = ({ reply, language }: JudgeCase): Draft => ({
  method: 'ai',
  strategy: 'model-cited',
  tone: 'professional',
  language,
  text: reply,
  citations: [],
  promptHash: '',
  model: null,
  tokens: null,
});

const judgeByRules: Judge = (one, passages, searched) =>
  judgeAnswer({ subject: '', ...one, draft: draftOf(one), passages, searched }, { frame });

async function judgeCases(cases: readonly JudgeCase[], judge: Judge, explain: Knowledge['explain']): Promise<Row[]> {
  const rows: Row[] = [];
  for (const one of cases) {
    const passages = await findPassages(one, explain);
    const verdict = await judge(one, passages, await searchAsks(one, explain));
    const { language, question: message } = one;
    const facts = { draft: draftOf(one), subject: '', message, language, passages, customer: null, frame };
    const { results } = runChecks('after-draft', { ...facts, judge: verdict });
    rows.push({ case: one, verdict, failed: results.filter(({ passed }) => !passed) });
  }
  return rows;
}

function report(rows: readonly Row[]) {
  const failures = rows.flatMap(({ verdict }) => (verdict.failure === null ? [] : [verdict.failure.split(':')[0]!]));
  return {
    judge: reportAgreement(rows.map((row) => ({ case: row.case, good: isPassed(row) }))),
    sent: reportAgreement(rows.map((row) => ({ case: row.case, good: row.failed.length === 0 }))),
    failures: Object.fromEntries([...new Set(failures)].map((one) => [one, failures.filter((f) => f === one).length])),
  };
}

const isPassed = ({ verdict }: Row) => verdict.failure === null && verdict.score >= 0.5;

const describeMiss = ({ case: one, verdict, failed }: Row) => ({
  id: one.id,
  kind: one.kind,
  reason: one.reason,
  question: one.question,
  reply: one.reply,
  score: verdict.score,
  reasoning: verdict.reasoning,
  failed: failed.map(({ id, detail }) => `${id}: ${detail}`),
});

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const named = args[args.indexOf('--half') + 1];
  const halves: JudgeHalf[] = named === 'tuning' || named === 'frozen' ? [named] : ['tuning', 'frozen'];
  const limit = args.includes('--limit') ? Number(args[args.indexOf('--limit') + 1]) : undefined;
  const { config } = readConfiguration();
  if (args.includes('--llm') && !config.llmConfigured) {
    console.error('No language model is configured: set OPENAI_API_KEY or OPENAI_BASE_URL, and LLM_MODEL.');
    process.exitCode = 2;
    return;
  }
  const opened = await openStarterKnowledge(halves.flatMap(readJudgeCases).map(({ question }) => question));
  try {
    const judge = args.includes('--llm') ? openModelJudge(config, opened.database) : judgeByRules;
    const all: Record<string, unknown> = {};
    for (const half of halves) {
      const rows = await judgeCases(readJudgeCases(half).slice(0, limit), judge, opened.knowledge.explain);
      all[half] = report(rows);
      const missed = rows.filter((row) => (row.failed.length === 0) !== (row.case.verdict === 'good'));
      if (half === 'tuning' && args.includes('--failures')) all['failures'] = missed.map(describeMiss);
    }
    console.log(JSON.stringify({ kind: args.includes('--llm') ? config.LLM_MODEL : 'heuristic', ...all }, null, 2));
  } finally {
    await opened.end();
  }
}

if (import.meta.main) await main();
