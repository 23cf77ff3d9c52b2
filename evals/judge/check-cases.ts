/**
 * Says whether the judge's cases are sound: `node evals/judge/check-cases.ts`. Reading them already proves the shape,
 * each reference and the hash; here the ids, the halves and the balance follow. Prints counts, ends with 1 on a fault.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type JudgeCase, type JudgeHalf, readJudgeCases } from './cases.ts';

const halves: JudgeHalf[] = ['tuning', 'frozen'];
const cases = halves.flatMap((half) => readJudgeCases(half).map((one) => ({ ...one, half })));
const faults = [
  ...repeated(cases.map((one) => one.id)).map((id) => `${id} is there twice`),
  ...repeated(cases.map((one) => inOneLine(one.question))).map((question) => `asked twice: ${question}`),
  ...unbalanced(),
  ...askedInDocuments(),
];
console.log(
  JSON.stringify(
    {
      cases: cases.length,
      verdict: count((one) => one.verdict),
      language: count((one) => one.language),
      half: count((one) => one.half),
      half_language_verdict: count((one) => `${one.half} ${one.language} ${one.verdict}`),
      kind: count((one) => one.kind),
      passages: count((one) => String(one.passages.length)),
      faults,
    },
    undefined,
    2,
  ),
);
process.exit(faults.length > 0 ? 1 : 0);

/** Each kind has as many cases in one half and language as in any other. */
function unbalanced(): string[] {
  const cells = count((one) => `${one.kind} ${one.half} ${one.language}`);
  const kinds = new Set(cases.map((one) => one.kind));
  return [...kinds].filter((kind) => {
    const sizes = halves.flatMap((half) => ['en', 'de'].map((language) => cells[`${kind} ${half} ${language}`] ?? 0));
    return new Set(sizes).size > 1;
  });
}

/** A question that an author noted in a document would be found by its own words. */
function askedInDocuments(): string[] {
  const folder = resolve(import.meta.dirname, '../../starter/knowledge');
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const lines = new Set(text.flatMap((one) => one.split('\n').map(inOneLine)));
  return cases.filter((one) => lines.has(inOneLine(one.question))).map((one) => `${one.id} is noted in a document`);
}

function count(key: (one: JudgeCase & { half: JudgeHalf }) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of cases) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}

function repeated(values: string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
