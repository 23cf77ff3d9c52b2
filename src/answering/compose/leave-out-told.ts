import type { Concepts } from './concepts.ts';
import type { Ask } from './find-asks.ts';
import { rankSentences } from './rank-sentences.ts';
import type { ReadPassage, Unit } from './read-passages.ts';

export interface ToldBefore {
  /** Texts of earlier answers in this conversation. */
  readonly answeredBefore: readonly string[];
  readonly asks: readonly Ask[];
  readonly passages: readonly ReadPassage[];
  readonly concepts: Concepts;
}

/**
 * Leaves out sentences that an earlier answer has told. The best one for each ask stays all the same: without it
 * the answer would be made of what is merely near.
 */
export function leaveOutTold(units: readonly Unit[], { answeredBefore, ...found }: ToldBefore): readonly Unit[] {
  if (answeredBefore.length === 0) return units;
  const told = simplify(answeredBefore.join('\n'));
  const fresh = new Set(units.filter(({ quote }) => !told.includes(simplify(quote))));
  if (fresh.size === units.length) return units;
  const best = new Set(found.asks.map((ask) => bestFor(ask, units, found)));
  return units.filter((unit) => fresh.has(unit) || best.has(unit));
}

/** As far as it is among what was selected. */
function bestFor(
  ask: Ask,
  units: readonly Unit[],
  { passages, concepts }: Pick<ToldBefore, 'passages' | 'concepts'>,
): Unit | undefined {
  return rankSentences(ask, passages, concepts).find(({ fit }) => units.includes(fit.unit))?.fit.unit;
}

const simplify = (text: string) =>
  text.replaceAll('**', '').replaceAll('`', '').replace(/\s+/gu, ' ').trim().toLowerCase();
