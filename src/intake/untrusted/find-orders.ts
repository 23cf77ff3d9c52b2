import { splitSentences } from '../../ml/index.ts';
import { scoreSentence } from './order-detector.ts';
import { isOrderByPattern, isRoleMarker } from './order-patterns.ts';

/** From this probability on a sentence by itself counts as an order. */
export const leastOrder = 0.7;

export const isOrder = (sentence: string): boolean =>
  isOrderByPattern(sentence) || isRoleMarker(sentence) || scoreSentence(sentence).order >= leastOrder;

/**
 * Sentences of a text that give orders to the machine instead of telling or asking the company something. They are
 * never asks, are never quoted in an answer and decide nothing. Deterministic; about 15 µs a sentence.
 */
export function findOrders(text: string): string[] {
  return splitSentences(text)
    .map((sentence) => sentence.text)
    .filter(isOrder);
}

/** The text without those sentences; the very same text when it has none. */
export function removeOrders(text: string): string {
  return findOrders(text).reduce((rest, sentence) => rest.replace(sentence, () => ' '), text);
}
