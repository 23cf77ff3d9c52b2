import { defaultTextFeatures, fitTextFeatures, Ridge, TextVectoriser } from '../../src/ml/index.ts';
import type { PublishedTicket } from '../classifier/published-tickets.ts';

/** high 1, medium 0.5, low 0. */
export const urgencyOfPriority: Readonly<Record<string, number>> = { low: 0, medium: 0.5, high: 1 };

/** A ridge over words and characters learned from the published priorities: what learning on such data would give. */
export function trainOnPriorities(
  tickets: readonly PublishedTicket[],
  alpha: number,
): (texts: string[]) => Float64Array {
  const { features, matrix } = fitTextFeatures(
    tickets.map(({ text }) => text),
    defaultTextFeatures,
  );
  const ridge = new Ridge({ alpha, tolerance: 1e-3 });
  const targets = Float64Array.from(tickets, ({ labels }) => urgencyOfPriority[labels.priority]!);
  const fitted = ridge.fit(matrix, targets);
  if (!fitted.ok) throw new Error(fitted.reason);
  const vectoriser = new TextVectoriser(features);
  return (texts) => ridge.predict(fitted.value, vectoriser.transform(texts));
}
