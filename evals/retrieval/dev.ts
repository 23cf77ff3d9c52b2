import type { KnowledgeVerdict } from '../../src/ticket/index.ts';
import { mean, ndcgAt, percentile, recallAt, rounded } from './measure.ts';
import { openStarterKnowledge } from './open-knowledge.ts';
import { type DevQuestion, isRight, readDevQuestions } from './read-questions.ts';

/**
 * The development questions on the starter knowledge, through the real search: nDCG@10 and recall@5 of what is
 * found (a question whose passage is not found counts 0), and how often "found" is right. `--misses` lists errors.
 */
const questions = readDevQuestions();
const { knowledge, close } = await openStarterKnowledge();
const rows: { question: DevQuestion; verdict: KnowledgeVerdict; hits: number[]; milliseconds: number }[] = [];
for (const question of questions) {
  const started = performance.now();
  const verdict = await knowledge.search(question.question, { language: question.language, limit: 10 });
  const milliseconds = performance.now() - started;
  const hits = verdict.passages.map((p) => (isRight(question, p.heading) ? 1 : 0));
  rows.push({ question, verdict, hits, milliseconds });
}

function summary(of: (q: DevQuestion) => boolean) {
  const chosen = rows.filter((row) => of(row.question));
  const answerable = chosen.filter((row) => row.question.kind === 'answerable');
  const unanswerable = chosen.filter((row) => row.question.kind === 'unanswerable');
  const near = unanswerable.filter((row) => row.question.near);
  return {
    answerable: answerable.length,
    ndcg10: rounded(mean(answerable.map((row) => ndcgAt(10, row.hits, 1)))),
    recall5: rounded(mean(answerable.map((row) => recallAt(5, row.hits, 1)))),
    first: rounded(mean(answerable.map((row) => row.hits[0] ?? 0))),
    found: rounded(mean(answerable.map((row) => (row.verdict.found ? 1 : 0)))),
    unanswerable: unanswerable.length,
    notFound: rounded(mean(unanswerable.map((row) => (row.verdict.found ? 0 : 1)))),
    near: near.length,
    notFoundNear: rounded(mean(near.map((row) => (row.verdict.found ? 0 : 1)))),
  };
}

const warm = rows.slice(20).map((row) => row.milliseconds);
const report = {
  all: summary(() => true),
  en: summary((q) => q.language === 'en'),
  de: summary((q) => q.language === 'de'),
  milliseconds: { n: warm.length, p50: rounded(percentile(warm, 0.5), 2), p95: rounded(percentile(warm, 0.95), 2) },
};
console.log(JSON.stringify(report, null, 2));

if (process.argv.includes('--misses')) {
  for (const { question, verdict, hits } of rows) {
    const wrong = question.kind === 'answerable' ? hits[0] !== 1 : verdict.found;
    if (!wrong) continue;
    const seen = await knowledge.explain(question.question, { language: question.language, limit: 40 });
    const right = seen.findIndex((p) => isRight(question, p.heading));
    console.error(`${question.kind} ${question.id} ${question.question}`);
    for (const p of seen.slice(0, 2)) console.error(`   ${p.score.toFixed(2)} ${p.heading}`);
    if (right >= 0) console.error(`   right: ${right + 1}. ${seen[right]!.score.toFixed(2)} ${seen[right]!.heading}`);
    else if (question.heading) console.error(`   right: not among the candidates (${question.heading})`);
  }
}
await close();
