import type { ScoredRows } from '../../ml/index.ts';
import type { Guess } from '../training-metrics.ts';

/** Guesses of rows that have a category, as numbers; classes ascend as in `figuresOf`. */
export function scoredRows(measured: readonly Guess[]): ScoredRows {
  const labels = [...new Set(measured.flatMap(({ ticket, category }) => [ticket.category!, category]))].sort();
  const place = new Map(labels.map((label, c) => [label, c]));
  return {
    truth: Int32Array.from(measured, ({ ticket }) => place.get(ticket.category!)!),
    predicted: Int32Array.from(measured, ({ category }) => place.get(category)!),
    classes: labels.length,
    confidences: Float64Array.from(measured, ({ confidence }) => confidence),
    groups: measured.map(({ ticket }) => ticket.group ?? null),
  };
}
