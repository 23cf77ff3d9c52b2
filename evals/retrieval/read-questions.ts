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

export const isRight = (question: FieldQuestion, heading: string): boolean =>
  question.heading !== undefined && heading.split(' › ').at(-1) === question.heading;
