import { bootstrap } from '../../src/ml/index.ts';
import type { JudgeCase } from './cases.ts';

/** What a judge said of one case. */
export interface Judged {
  readonly case: JudgeCase;
  readonly good: boolean;
}

/**
 * Cohen's kappa of two raters who say yes or no (Cohen, A coefficient of agreement for nominal scales, 1960): 1 for
 * full agreement, 0 for what chance gives, below 0 for less. 1 where both say the same thing throughout.
 */
export function cohenKappa(pairs: readonly (readonly [boolean, boolean])[]): number {
  const n = pairs.length;
  if (n === 0) return Number.NaN;
  const agreed = pairs.filter(([a, b]) => a === b).length / n;
  const yes = (side: 0 | 1) => pairs.filter((pair) => pair[side]).length / n;
  const chance = yes(0) * yes(1) + (1 - yes(0)) * (1 - yes(1));
  return chance === 1 ? 1 : (agreed - chance) / (1 - chance);
}

const isGood = ({ verdict }: JudgeCase) => verdict === 'good';

/** Kappa and accuracy with 95 % intervals (cases drawn anew), and of each label the share that was let through. */
export function measureAgreement(judged: readonly Judged[]) {
  const interval = (statistic: (pairs: readonly (readonly [boolean, boolean])[]) => number) => {
    const pairs = judged.map((one) => [isGood(one.case), one.good] as const);
    const estimate = bootstrap(pairs.length, (places) => statistic(places.map((place) => pairs[place]!)), { seed: 7 });
    return { value: round(estimate.value), low: round(estimate.low), high: round(estimate.high) };
  };
  return {
    n: judged.length,
    kappa: interval(cohenKappa),
    accuracy: interval((pairs) => pairs.filter(([a, b]) => a === b).length / pairs.length),
    good_passed: passed(judged.filter((one) => isGood(one.case))),
    poor_passed: passed(judged.filter((one) => !isGood(one.case))),
  };
}

const passed = (judged: readonly Judged[]) => `${judged.filter(({ good }) => good).length} of ${judged.length}`;
const round = (value: number) => Number(value.toFixed(3));

/** Agreement as a whole and by language; of each kind how many were let through. */
export function reportAgreement(judged: readonly Judged[]) {
  const kinds = [...new Set(judged.map((one) => one.case.kind))].sort();
  return {
    all: measureAgreement(judged),
    en: measureAgreement(judged.filter((one) => one.case.language === 'en')),
    de: measureAgreement(judged.filter((one) => one.case.language === 'de')),
    passed_by_kind: Object.fromEntries(
      kinds.map((kind) => [kind, passed(judged.filter((one) => one.case.kind === kind))]),
    ),
  };
}
