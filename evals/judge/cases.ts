/**
 * Cases for the answer judge: a question, the passages that were found, a reply as a system might write it, and the
 * verdict of a person who had not seen the judge. Passages of the starter knowledge are named by document and heading
 * and read from there; made-up ones bring their text along.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const starterKnowledge = resolve(import.meta.dirname, '../../starter/knowledge');

const goodKinds = [
  'good-quoted',
  'good-paraphrased',
  'good-several-asks',
  'good-with-extra',
  'good-negative',
  'good-despite-attack',
] as const;
const poorKinds = [
  'other-question',
  'near-miss',
  'unsupported-claim',
  'contradiction',
  'ask-left-out',
  'deferral-left-open',
  'not-in-knowledge',
  'claimed-action',
  'too-vague',
  'off-language',
  'politeness-only',
  'buried',
  'obeyed-attack',
] as const;

const judgeCase = z
  .strictObject({
    id: z.string().regex(/^judge-(en|de)-\d{3}$/),
    language: z.enum(['en', 'de']),
    question: z.string().min(1),
    /** 1 to 5, the best first or not: as a search might bring them. Without `text`: a section of the starter knowledge. */
    passages: z
      .array(z.strictObject({ document: z.string(), heading: z.string(), text: z.string().min(1).optional() }))
      .min(1)
      .max(5),
    reply: z.string().min(1),
    /** Whether the reply may be sent as it is. An ask that stays open, however honestly, makes it poor. */
    verdict: z.enum(['good', 'poor']),
    reason: z.string().min(1),
    kind: z.enum([...goodKinds, ...poorKinds]),
  })
  .refine((one) => one.id.startsWith(`judge-${one.language}-`), 'the id names another language')
  .refine((one) => (one.verdict === 'good') === one.kind.startsWith('good-'), 'kind and verdict disagree');

export interface JudgePassage {
  document: string;
  heading: string;
  /** Markdown of the section without its heading and without its sub-sections. */
  text: string;
}
export type JudgeCase = Omit<z.output<typeof judgeCase>, 'passages'> & { passages: JudgePassage[] };

/** `frozen` is only measured, never looked at while something is fitted; its hash lies beside it. */
export type JudgeHalf = 'tuning' | 'frozen';

/**
 * Reads one half with the text of every passage.
 *
 * @throws Error when a line is malformed, when a heading is not in its document, or when the frozen half was changed:
 * figures from before could then not be compared.
 */
export function readJudgeCases(half: JudgeHalf): JudgeCase[] {
  const path = join(import.meta.dirname, `${half}-cases.jsonl`);
  const text = readFileSync(path, 'utf8');
  if (half === 'frozen') requireUnchanged(text, path);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => judgeCase.parse(JSON.parse(line)))
    .map((one) => ({
      ...one,
      passages: one.passages.map((passage) => ({ ...passage, text: passage.text ?? sectionText(passage) })),
    }));
}

function requireUnchanged(text: string, path: string): void {
  const lock = path.replace(/\.jsonl$/, '.sha256');
  const hash = createHash('sha256').update(text).digest('hex');
  if (!existsSync(lock) || readFileSync(lock, 'utf8').trim() !== hash) {
    throw new Error(`${path} is locked and was changed, or its .sha256 is missing`);
  }
}

/** The text between a heading and the next one of whatever level; the questions noted by authors are left out. */
function sectionText({ document, heading }: { document: string; heading: string }): string {
  const lines = readFileSync(join(starterKnowledge, document), 'utf8').split('\n');
  const start = lines.findIndex((line) => /^#{1,6} /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`${document} has no heading "${heading}"`);
  const end = lines.findIndex((line, i) => i > start && /^#{1,6} /.test(line));
  const section = lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
  return section.replace(/<!--[\s\S]*?-->/g, '').trim();
}
