import type { TextEmbedder } from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import type { Background, DenseReading } from './fingerprint.ts';

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

/**
 * Mean cosine between unrelated texts of one language (models differ widely in it), and whether the English and the
 * German text of one matter stand nearer to each other than strangers do: all-MiniLM-L6-v2, which is English, puts them at
 * 0.2 of the way between strangers and the same.
 */
export async function measureBackground(embedder: TextEmbedder): Promise<Background> {
  const vectors = await embedder.embed(unrelated);
  const { dimension } = embedder;
  const half = unrelated.length / 2;
  const cosine = (a: number, b: number): number => {
    let dot = 0;
    for (let d = 0; d < dimension; d++) dot += vectors[a * dimension + d]! * vectors[b * dimension + d]!;
    return dot;
  };
  let [sum, pairs, translated] = [0, 0, 0];
  for (let a = 0; a < half; a++) {
    translated += cosine(a, a + half) / half;
    for (let b = a + 1; b < half; b++) {
      sum += cosine(a, b) + cosine(a + half, b + half);
      pairs += 2;
    }
  }
  const mean = Math.round((sum / pairs) * 1_000) / 1_000;
  return { mean, bilingual: (translated - mean) / (1 - mean) >= bilingualFrom };
}

/** Share of the way from strangers to the same that translations stand at, at least. */
const bilingualFrom = 0.5;

/** A vector as bytes, its largest number 127. The cosine of two changes by less than 0.01. */
export function wholeNumbers(vector: Float32Array): Int8Array {
  let largest = 1e-9;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return Int8Array.from(vector, (value) => Math.round((value * 127) / largest));
}

/**
 * How much more alike two vectors are than those of unrelated texts: 0 for no more, 1 for the same. Null for vectors
 * of two models, where one is missing, and for texts in a language that the model does not know.
 */
export function denseLikeness(a: DenseText, b: DenseText): number | null {
  if (a.dense === null || b.dense === null) return null;
  const [left, right] = [a.dense, b.dense];
  if (left.embedder !== right.embedder || left.values.length !== right.values.length) return null;
  if (!(left.background.bilingual && right.background.bilingual) && (a.language !== 'en' || b.language !== 'en'))
    return null;
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let d = 0; d < left.values.length; d++) {
    const [x, y] = [left.values[d]!, right.values[d]!];
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const cosine = dot / Math.max(1, Math.sqrt(squaresA * squaresB));
  const mean = (left.background.mean + right.background.mean) / 2;
  return (cosine - mean) / (1 - mean);
}

interface DenseText {
  readonly language: Language;
  readonly dense: DenseReading | null;
}
