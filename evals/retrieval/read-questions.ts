import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DevQuestion {
  readonly id: string;
  readonly language: 'en' | 'de';
  readonly kind: 'answerable' | 'unanswerable';
  readonly question: string;
  /** Of unanswerable ones: sounds like our topics. */
  readonly near?: boolean;
  /** Of answerable ones: file without language and ending, and the last heading of the passage that answers. */
  readonly document?: string;
  readonly heading?: string;
}

/** The development questions; weights and lists are tuned on these and on no others. */
export function readDevQuestions(): DevQuestion[] {
  const lines = readFileSync(join(import.meta.dirname, 'dev-questions.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as DevQuestion);
}

/** A question of any file; `document` and `heading` are missing where nothing answers. */
export type FieldQuestion = DevQuestion;

function readFieldQuestions(writer: string): FieldQuestion[] {
  const path = join(import.meta.dirname, `../answers/field-cases-${writer}.jsonl`);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((one) => one.kind !== 'near-miss');
}

/** The questions of each writer, with those of the others that an author may have noted. */
export function questionSets(writers: readonly string[]) {
  const sets = [readDevQuestions() as FieldQuestion[], ...writers.map(readFieldQuestions)];
  return sets.map((questions) => ({ questions, others: sets.filter((set) => set !== questions).flat() }));
}

/** The same, and the questions far from the documents' words, of which nobody notes any. */
export function fittingSets(writers: readonly string[]) {
  const sets = questionSets(writers);
  return [...sets, { questions: readFar('far-questions'), others: sets.flatMap(({ questions }) => questions) }];
}

/** `far-questions` may be learnt from; `far-locked` is only measured, and must be as it was locked. */
export function readFar(name: 'far-questions' | 'far-locked'): FieldQuestion[] {
  const text = readFileSync(join(import.meta.dirname, `${name}.jsonl`), 'utf8');
  if (name === 'far-locked') {
    const lock = readFileSync(join(import.meta.dirname, `${name}.sha256`), 'utf8').trim();
    if (createHash('sha256').update(text).digest('hex') !== lock)
      throw new Error(`${name} is locked and was changed: figures before and after cannot be compared`);
  }
  const lines = text.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as FieldQuestion);
}

export const isRight = (question: FieldQuestion, heading: string): boolean =>
  question.heading !== undefined && heading.split(' › ').at(-1) === question.heading;
