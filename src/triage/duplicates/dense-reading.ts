import type { TextEmbedder } from '../../platform/index.ts';
import type { DenseReading } from './fingerprint.ts';

/** Texts of matters that have nothing to do with each other: how alike a model finds these is its zero. */
const unrelated: readonly string[] = [
  'The invoice for March shows the wrong amount.',
  'I cannot log in to my account since this morning.',
  'When will my parcel arrive?',
  'Please cancel my subscription at the end of the year.',
  'The printer on the second floor is out of toner.',
  'Do you have a job opening for an electrician?',
  'Our website shows a certificate warning.',
  'How do I export my contacts to a spreadsheet?',
  'The heating in meeting room four does not work.',
  'Thank you for the quick help yesterday.',
  'Die Rechnung für März weist einen falschen Betrag aus.',
  'Ich kann mich seit heute früh nicht anmelden.',
  'Wann kommt mein Paket an?',
  'Bitte kündigen Sie mein Abonnement zum Jahresende.',
  'Der Drucker im zweiten Stock hat keinen Toner mehr.',
  'Suchen Sie zurzeit einen Elektriker?',
  'Auf unserer Webseite erscheint eine Zertifikatswarnung.',
  'Wie exportiere ich meine Kontakte in eine Tabelle?',
  'Die Heizung im Besprechungsraum vier geht nicht.',
  'Danke für die schnelle Hilfe gestern.',
];

/** Mean and spread of the cosines between unrelated texts of one language: models differ widely in them. */
export async function measureBackground(embedder: TextEmbedder): Promise<DenseReading['background']> {
  const vectors = await embedder.embed(unrelated);
  const { dimension } = embedder;
  const half = unrelated.length / 2;
  const cosines: number[] = [];
  for (let a = 0; a < unrelated.length; a++)
    for (let b = a + 1; b < unrelated.length; b++) {
      // The German text of the same place says the same; across languages a model may know only one of them.
      if (a < half !== b < half) continue;
      let dot = 0;
      for (let d = 0; d < dimension; d++) dot += vectors[a * dimension + d]! * vectors[b * dimension + d]!;
      cosines.push(dot);
    }
  const mean = cosines.reduce((sum, x) => sum + x, 0) / cosines.length;
  const variance = cosines.reduce((sum, x) => sum + (x - mean) ** 2, 0) / cosines.length;
  return { mean: rounded(mean), spread: Math.max(0.01, rounded(Math.sqrt(variance))) };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** A vector as bytes, its largest number 127. The cosine of two changes by less than 0.01. */
export function wholeNumbers(vector: Float32Array): Int8Array {
  let largest = 1e-9;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return Int8Array.from(vector, (value) => Math.round((value * 127) / largest));
}

/**
 * How much more alike two vectors are than those of unrelated texts: 0 for no more, 1 for the same. Null for vectors
 * of two models, or where one is missing.
 */
export function denseLikeness(a: DenseReading | null, b: DenseReading | null): number | null {
  if (a === null || b === null || a.embedder !== b.embedder || a.values.length !== b.values.length) return null;
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let d = 0; d < a.values.length; d++) {
    const [x, y] = [a.values[d]!, b.values[d]!];
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const cosine = dot / Math.max(1, Math.sqrt(squaresA * squaresB));
  const mean = (a.background.mean + b.background.mean) / 2;
  return (cosine - mean) / (1 - mean);
}
