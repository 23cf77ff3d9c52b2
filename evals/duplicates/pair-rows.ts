import { type ComparedText, compareReady } from '../../src/triage/duplicates/compared-text.ts';
import { createDuplicateReader } from '../../src/triage/duplicates/index.ts';
import { featureNames, pairFeatures, pairKindOf } from '../../src/triage/duplicates/pair-features.ts';
import type { Rows } from './fit-logistic.ts';

/** Two texts by their numbers, whether they report the same problem, and how much the pair counts. */
export interface LabelledPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
  readonly weight: number;
}

export interface TextInLanguage {
  readonly language: 'en' | 'de';
  readonly text: string;
}

/** Texts as the window compares them, by words alone. */
export async function readTexts(texts: readonly TextInLanguage[]): Promise<ComparedText[]> {
  const reader = createDuplicateReader({ embedder: null });
  const read = await reader.read(texts.map(({ text, language }) => ({ subject: '', body: text, language })));
  return read.map(compareReady);
}

/** Every two of the texts. */
export function allPairs(problems: readonly string[], weight = 1): LabelledPair[] {
  const pairs: LabelledPair[] = [];
  for (let a = 0; a < problems.length; a++)
    for (let b = a + 1; b < problems.length; b++) pairs.push({ a, b, same: problems[a] === problems[b], weight });
  return pairs;
}

export function rowsOf(texts: readonly ComparedText[], pairs: readonly LabelledPair[]): Rows {
  const width = featureNames.length;
  const features = new Float64Array(pairs.length * width);
  for (const [r, { a, b }] of pairs.entries()) features.set(pairFeatures(texts[a]!, texts[b]!), r * width);
  return {
    width,
    features,
    kinds: Uint8Array.from(pairs, ({ a, b }) => (pairKindOf(texts[a]!, texts[b]!) === 'reports' ? 1 : 0)),
    labels: Uint8Array.from(pairs, ({ same }) => (same ? 1 : 0)),
    weights: Float64Array.from(pairs, ({ weight }) => weight),
  };
}
