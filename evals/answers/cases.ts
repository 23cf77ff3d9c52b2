import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const fact = z.array(z.string().min(1)).min(1);

/** One line of a case file. */
const answerCase = z.object({
  id: z.string(),
  language: z.enum(['en', 'de']),
  question: z.string().min(1),
  kind: z.enum(['answerable', 'unanswerable', 'near-miss']),
  /** The answer must hold one alternative of each; "/…/" is a regular expression. */
  facts: z.array(fact).default([]),
  document: z.string().optional(),
  /** The heading whose section answers, and the category of such a ticket. */
  heading: z.string().optional(),
  category: z.string().optional(),
  /** For a near-miss: a sentence of the right document that tells another fact. */
  wrong_quote: z.string().optional(),
});
export type AnswerCase = z.output<typeof answerCase>;

/** Cases with a `.sha256` beside them are locked: whoever changes them cannot compare with earlier figures. */
export function readCases(path: string): AnswerCase[] {
  const text = readFileSync(path, 'utf8');
  const lock = path.replace(/\.jsonl$/, '.sha256');
  if (existsSync(lock) && readFileSync(lock, 'utf8').trim() !== createHash('sha256').update(text).digest('hex')) {
    throw new Error(`${path} is locked and was changed`);
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => answerCase.parse(JSON.parse(line)));
}

/** Whether the text holds every fact; emphasis, code marks, case and white space do not count. */
export function holdsFacts(text: string, facts: AnswerCase['facts']): boolean {
  const plain = simplify(text);
  return facts.every((alternatives) => alternatives.some((one) => holds(plain, one)));
}

function holds(plain: string, wanted: string): boolean {
  const pattern = /^\/(.+)\/([a-z]*)$/s.exec(wanted);
  if (pattern) return new RegExp(pattern[1]!, pattern[2]!.includes('i') ? pattern[2] : `${pattern[2]}i`).test(plain);
  return plain.includes(simplify(wanted));
}

const simplify = (text: string) => text.replaceAll('**', '').replaceAll('`', '').replace(/\s+/g, ' ').toLowerCase();
