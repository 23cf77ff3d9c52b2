import { fitTextFeatures, LogisticRegression, type TextFeatureSettings } from '../../ml/index.ts';
import { encodeOrderModel, type OrderModel } from './order-model.ts';
import { framed, type OrderRow } from './order-rows.ts';

const features: TextFeatureSettings = {
  words: 2,
  // "I" and "x" say much here.
  shortestWord: 1,
  characters: [3, 5],
  sublinear: true,
  minDocuments: 2,
  maxWordFeatures: 5_000,
  maxCharacterFeatures: 9_000,
};

/**
 * Multinomial logistic regression over n-grams of words and characters; the classes weigh the same however many
 * rows they have. Deterministic: the same rows give the same bytes. 0.5 s for 16,000 sentences.
 */
export function trainOrderModel(rows: readonly OrderRow[]): OrderModel {
  const fitted = fitTextFeatures(
    rows.map(({ text }) => framed(text)),
    features,
  );
  const classifier = new LogisticRegression({ c: 3, classWeight: 'balanced', tolerance: 1e-4 });
  const outcome = classifier.fit(
    fitted.matrix,
    rows.map(({ kind }) => kind),
  );
  if (!outcome.ok) throw new Error(`the rows teach nothing: ${outcome.reason}`);
  return { features: fitted.features, state: outcome.value };
}

/** The bytes of src/intake/untrusted/orders.model. */
export const trainOrderFile = (rows: readonly OrderRow[]): Uint8Array => encodeOrderModel(trainOrderModel(rows));
