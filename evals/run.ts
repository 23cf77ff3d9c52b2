/**
 * Quality as numbers: `npm run evals [-- NAME …]`. Runs each measurement as a process of its own and prints what
 * it prints (JSON). What needs public data that is not there says so and is left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const evals: Record<string, string> = {
  classifier: 'classifier/starter-score.ts',
  'classifier-scikit': 'classifier/compare-scikit.ts',
  'classifier-variants': 'classifier/variants-score.ts',
  'duplicates-stackfaq': 'duplicates/stackfaq.ts',
  'duplicates-pawsx': 'duplicates/pawsx.ts',
  'duplicates-own': 'duplicates/own.ts',
  'duplicates-false': 'duplicates/tickets.ts',
  'duplicates-incidents': 'duplicates/false-incidents.ts',
  'duplicates-floods': 'duplicates/floods.ts',
  'near-duplicates': 'near-duplicates/published-groups.ts',
  neighbours: 'neighbours/neighbours-score.ts',
  smote: 'resampling/smote-score.ts',
  foreign: 'foreign/foreign-score.ts',
  urgency: 'urgency/urgency-score.ts',
  language: 'urgency/language-of-rows.ts',
  scope: 'scope/clinc.ts',
  'scope-starter': 'scope/starter.ts',
  sentiment: 'sentiment/germeval.ts',
  topics: 'topics/topic-coherence.ts',
  profile: 'profile/entity-score.ts',
  'profile-pii': 'profile/pii-recall.ts',
  'profile-utterances': 'profile/utterance-score.ts',
  'profile-models': 'profile/helps-models.ts',
  'neural-speed': 'neural/training-speed.ts',
  'neural-tickets': 'neural/svd-head.ts',
  retrieval: 'retrieval/dev.ts',
  'retrieval-public': 'retrieval/public-data.ts',
  'retrieval-far': 'retrieval/far.ts',
  answers: 'answers/answer-quality.ts',
  judge: 'judge/judge-agreement.ts',
  'judge-second-asks': 'judge/second-asks.ts',
  guardrails: 'guardrails/attack-score.ts',
  'guardrails-detector': 'guardrails/detector-score.ts',
  masking: 'masking/masking-score.ts',
  extraction: 'extraction/extraction-score.ts',
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in evals));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(evals).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const [name, file] of Object.entries(evals)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`── ${name}`);
  const path = join(import.meta.dirname, file);
  if (!existsSync(path)) throw new Error(`${file} is missing`);
  const run = spawnSync(process.execPath, [path], { stdio: 'inherit' });
  if (run.status !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
