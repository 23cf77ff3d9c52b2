import { detectLanguage } from '../../intake/index.ts';
import { resampleScores } from '../../ml/index.ts';
import { type Language, languages } from '../../ticket/index.ts';
import type { Guess } from '../training-metrics.ts';
import type { LabelledTicket } from '../triage-model.ts';
import type { LanguageScore } from './report-shape.ts';
import { scoredRows } from './scored-rows.ts';

/** Of the text, not of what a column says: a quarter of the rows published as German are English. */
export const languageOf = ({ subject, body }: LabelledTicket): Language =>
  detectLanguage(subject === body ? body : `${subject}\n${body}`).language;

/** Scores of each language that occurs, beside what its most frequent category alone would reach. */
export function languageScores(measured: readonly Guess[], seed: number): LanguageScore[] {
  const detected = measured.map(({ ticket }) => languageOf(ticket));
  return languages.flatMap((language) => {
    const rows = measured.filter((_, i) => detected[i] === language);
    if (rows.length === 0) return [];
    const { accuracy, macroF1 } = resampleScores(scoredRows(rows), { seed });
    return {
      language,
      rows: rows.length,
      accuracy: accuracy.value,
      accuracyInterval: { low: accuracy.low, high: accuracy.high },
      macroF1: macroF1.value,
      macroF1Interval: { low: macroF1.low, high: macroF1.high },
      majority: majorityOf(rows),
    };
  });
}

/** Always naming one category is right for its share s; its own F1 is 2s / (1 + s), that of every other 0. */
export function majorityOf(measured: readonly Guess[]): LanguageScore['majority'] {
  const rows = new Map<string, number>();
  for (const { ticket } of measured) rows.set(ticket.category!, (rows.get(ticket.category!) ?? 0) + 1);
  const [label, most] = [...rows].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  const accuracy = measured.length === 0 ? 0 : most / measured.length;
  return { label, accuracy, macroF1: rows.size === 0 ? 0 : (2 * accuracy) / (1 + accuracy) / rows.size };
}
