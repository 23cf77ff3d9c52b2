import { createRandom } from './random.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** z of the two-sided 95 % level. */
const z95 = 1.959963984540054;

/**
 * Wilson's score interval of a share (Wilson 1927), 95 % unless another z is given; good from n = 10 on.
 * No trials say nothing: [0, 1].
 */
export function wilsonInterval(successes: number, trials: number, z: number = z95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const centre = share + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/**
 * Clopper and Pearson's exact interval (1934): never covers less than `level`. `successes` of `trials` are whole
 * numbers; no trials give [0, 1]. Bisection on the incomplete beta function to 1e-12.
 */
export function exactInterval(successes: number, trials: number, level = 0.95): Interval {
  return {
    low: lowerBound(successes, trials, (1 - level) / 2),
    high: 1 - lowerBound(trials - successes, trials, (1 - level) / 2),
  };
}

/**
 * The largest share p for which seeing at least so many successes has a chance of at most `risk`: with
 * risk 0.05, "with 95 % confidence the share is at least this". 59 of 59 give 0.9505, 299 of 299 give 0.9900.
 */
export function lowerBound(successes: number, trials: number, risk = 0.05): number {
  if (successes <= 0) return 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const p = (low + high) / 2;
    if (incompleteBeta(p, successes, trials - successes + 1) < risk) low = p;
    else high = p;
  }
  return (low + high) / 2;
}

/** Regularised incomplete beta I_x(a, b) for a, b > 0 by Lentz's continued fraction; error below 1e-12. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges quickly on the left of the mean; on the right the symmetric one does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let fraction = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, tiny);
    c = nonZero(1 + even / c, tiny);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, tiny);
    c = nonZero(1 + odd / c, tiny);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Logarithm of the gamma function for x > 0: Stirling's series after shifting x above 10; error below 1e-13. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) product *= shifted++;
  const inverse = 1 / (shifted * shifted);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

export interface BootstrapOptions {
  readonly seed: number;
  /** Resamples; 1,000 unless said. */
  readonly rounds?: number;
  readonly level?: number;
  /** Rows of one group are drawn together; each row by itself when absent. */
  readonly groups?: readonly (string | null)[];
}

export interface Estimate extends Interval {
  /** The statistic on the rows as they are. */
  readonly value: number;
}

/**
 * Percentile bootstrap (Efron and Tibshirani 1993) of a statistic of rows, given as their places. Rounds in which
 * the statistic is not a number are left out. O(rounds · cost of the statistic).
 */
export function bootstrap(
  rows: number,
  statistic: (rows: readonly number[]) => number,
  options: BootstrapOptions,
): Estimate {
  const everything = Array.from({ length: rows }, (_, row) => row);
  const units = unitsOf(everything, options.groups);
  const random = createRandom(options.seed);
  const values: number[] = [];
  for (let round = 0; round < (options.rounds ?? 1000); round++) {
    const drawn: number[] = [];
    for (let u = 0; u < units.length; u++) drawn.push(...units[random.integer(units.length)]!);
    const value = statistic(drawn);
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const tail = (1 - (options.level ?? 0.95)) / 2;
  return { value: statistic(everything), low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

export interface PairedComparison extends Estimate {
  /** Share of resamples in which the second is not above the first: small means the second is better. */
  readonly chanceNotBetter: number;
}

/** Difference second − first of a statistic, both on the same resampled rows. */
export function pairedBootstrap(
  rows: number,
  statistics: {
    readonly first: (rows: readonly number[]) => number;
    readonly second: (rows: readonly number[]) => number;
  },
  options: BootstrapOptions,
): PairedComparison {
  let rounds = 0;
  let notBetter = 0;
  const difference = (drawn: readonly number[]): number => {
    const value = statistics.second(drawn) - statistics.first(drawn);
    rounds++;
    if (!(value > 0)) notBetter++;
    return value;
  };
  const estimate = bootstrap(rows, difference, options);
  // The last call is the one on the rows as they are; it is no resample.
  if (!(estimate.value > 0)) notBetter--;
  return { ...estimate, chanceNotBetter: rounds > 1 ? notBetter / (rounds - 1) : 1 };
}

function unitsOf(rows: readonly number[], groups?: readonly (string | null)[]): number[][] {
  if (groups === undefined) return rows.map((row) => [row]);
  const units = new Map<string, number[]>();
  for (const row of rows) {
    const group = groups[row] ?? null;
    const key = group === null ? `row ${row}` : `group ${group}`;
    const unit = units.get(key);
    if (unit === undefined) units.set(key, [row]);
    else unit.push(row);
  }
  return [...units.values()];
}

/** Linear between neighbours; of a sorted list. NaN for an empty one. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
