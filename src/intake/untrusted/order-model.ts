import { createHash } from 'node:crypto';
import {
  addLogits,
  type LinearState,
  LogisticRegression,
  parseModel,
  serialiseModel,
  softmaxInPlace,
  type TextFeatures,
  TextVectoriser,
} from '../../ml/index.ts';
import { framed, type SentenceKind } from './order-rows.ts';

/** The detector of orders to the machine: features of a sentence and their weights for each kind. */
export interface OrderModel {
  readonly features: TextFeatures;
  readonly state: LinearState;
}

/** Probability of each kind, in [0,1]; they sum to one. */
export type SentenceScore = Readonly<Record<SentenceKind, number>>;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const linear = new LogisticRegression();

/** 32 bits are enough for the weights of columns, and the names of n-grams are not needed: half the size. */
export function encodeOrderModel({ features, state }: OrderModel): Uint8Array {
  const { words, characters, version, settings } = features;
  return serialiseModel(
    {
      header: { kind: 'orders-1', scanner: version, settings, classes: state.classes, columns: state.columns },
      sections: {
        'word-hashes': words.hashes,
        'word-idf': Float32Array.from(words.idf),
        'character-hashes': characters.hashes,
        'character-idf': Float32Array.from(characters.idf),
        weights: state.weights,
        intercepts: state.intercepts,
      },
    },
    sha256,
  );
}

/** @throws Error for bytes that are no such model */
export function decodeOrderModel(bytes: Uint8Array): OrderModel {
  const parsed = parseModel(bytes, sha256);
  if (!parsed.ok) throw new Error(`the detector of orders is damaged: ${parsed.reason}`);
  const { header, sections } = parsed.value;
  const vocabulary = (block: 'word' | 'character') => {
    const hashes = sections[`${block}-hashes`] as Int32Array;
    const idf = Float64Array.from(sections[`${block}-idf`] as Float32Array);
    return { hashes, idf, nameCodes: new Uint16Array(0), nameOffsets: new Int32Array(hashes.length + 1) };
  };
  const state = linear.load(parsed.value);
  if (!state.ok) throw new Error(`the detector of orders is damaged: ${state.reason}`);
  return {
    features: {
      version: header['scanner'] as string,
      settings: header['settings'] as TextFeatures['settings'],
      words: vocabulary('word'),
      characters: vocabulary('character'),
    },
    state: state.value,
  };
}

export type ScoreSentence = (sentence: string) => SentenceScore;

/** 10 µs for a sentence of 20 words. */
export function sentenceScorer({ features, state }: OrderModel): ScoreSentence {
  const vectoriser = new TextVectoriser(features);
  const place = (kind: SentenceKind) => state.classes.indexOf(kind);
  const places = { harmless: place('harmless'), order: place('order'), task: place('task') };
  const p = new Float64Array(state.classes.length);
  return (sentence) => {
    const { indices, values, count } = vectoriser.vectorise(framed(sentence));
    p.set(state.intercepts);
    addLogits({ indices, values, from: 0, to: count }, state.weights, p);
    softmaxInPlace(p);
    return { harmless: p[places.harmless]!, order: p[places.order]!, task: p[places.task]! };
  };
}
