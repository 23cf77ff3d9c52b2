import type { PairKind } from './pair-features.ts';
import { pairBias, pairWeights } from './pair-weights.ts';

/** ln(1 + x) by sixteenths up to 128: a logarithm of its own takes ten times as long. */
const perUnit = 16;
const logs = Float32Array.from({ length: 128 * perUnit }, (_, i) => Math.log1p(i / perUnit));
const log = (x: number): number => logs[x <= 0 ? 0 : Math.min(logs.length - 1, (x * perUnit + 0.5) | 0)]!;

/** As in `pairFeatures`. */
const sharedLimit = 8;

/** What is known of a pair when the lists of its terms were walked. */
export interface QuickPair {
  readonly kind: PairKind;
  /** Sum of the weights of the terms of both, and of all terms of each. */
  readonly shared: number;
  readonly own: number;
  readonly other: number;
  readonly sameFrame: boolean;
}

/**
 * About the log odds that a pair reports the same problem, by what its texts have in common and how long they are. Only
 * to choose which pairs are compared in full: of 3,000 published tickets the likeliest by `probabilityOf` stood among
 * the first two by this for eight in ten, and never behind the eighteenth (98 tickets; by shared words alone up to the 461st).
 */
export function quickOdds({ kind, shared, own, other, sameFrame }: QuickPair): number {
  const shorter = Math.min(own, other);
  const longer = Math.max(own, other);
  const weights = pairWeights[kind];
  return (
    pairBias[kind] +
    (weights.withinShorter * shared) / shorter +
    weights.shared * log(Math.min(sharedLimit, shared)) +
    weights.extraLess * log(shorter - shared) +
    weights.extraMore * log(longer - shared) +
    weights.length * log(Math.min(sharedLimit, shorter)) +
    (sameFrame ? weights.sameFrame : 0)
  );
}
