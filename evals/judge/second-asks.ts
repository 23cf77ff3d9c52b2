/**
 * Two asks in one message, one of which the starter knowledge does not answer, through the whole way (search, composer,
 * judge, guardrails; no router): none may be sent. Beside them two asks that are both answered, of which many should.
 *   node evals/judge/second-asks.ts [--failures]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bootstrap } from '../../src/ml/index.ts';
import { createStarterAnswering, type Outcome, runCase } from '../answers/answer-quality.ts';
import { openStarterKnowledge } from '../answers/starter-knowledge.ts';

const secondAsk = z.strictObject({
  id: z.string(),
  language: z.enum(['en', 'de']),
  question: z.string(),
  /** The ask that nothing answers; null: both are answered. */
  open: z.enum(['first', 'second']).nullable(),
});

const cases = readFileSync(join(import.meta.dirname, 'second-asks.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => secondAsk.parse(JSON.parse(line)));
const { answering } = createStarterAnswering();
const { knowledge, end } = await openStarterKnowledge(cases.map(({ question }) => question));
type Row = z.output<typeof secondAsk> & { readonly sent: boolean; readonly verdict: Outcome['verdict'] };
const rows: Row[] = [];
for (const one of cases) {
  const kind = one.open === null ? 'answerable' : 'unanswerable';
  const { verdict, escalated } = await runCase({ ...one, kind, facts: [] }, knowledge, answering);
  rows.push({ ...one, sent: !escalated, verdict });
}
await end();

function share(chosen: typeof rows) {
  const rate = (places: readonly number[]) => places.filter((place) => chosen[place]!.sent).length / places.length;
  const { value, low, high } = bootstrap(chosen.length, rate, { seed: 7 });
  return { n: chosen.length, sent: value, low, high };
}

const open = rows.filter((row) => row.open !== null);
const report = {
  one_open: share(open),
  one_open_en: share(open.filter(({ language }) => language === 'en')),
  one_open_de: share(open.filter(({ language }) => language === 'de')),
  both_answered: share(rows.filter((row) => row.open === null)),
};
console.log(JSON.stringify(report, null, 2));
if (process.argv.includes('--failures')) {
  for (const { id, question, open: left, sent, verdict } of rows)
    if (sent === (left !== null)) console.log(id, sent ? 'SENT' : 'held', question, verdict?.judge?.reasoning);
}
