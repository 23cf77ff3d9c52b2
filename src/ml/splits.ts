import { createRandom, shuffled } from './random.ts';

export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * k folds in which no group stands on both sides and each label is spread as evenly as groups allow: groups in
 * shuffled order, large ones first, each to the fold where the counts of its labels are lowest (as scikit-learn's
 * StratifiedGroupKFold does it). Rows without a group get one of their own. Deterministic for a seed.
 * Fewer groups than folds give fewer folds. O(rows + groups · folds · labels).
 */
export function stratifiedGroupFolds(
  labels: readonly string[],
  groups: readonly (string | null)[],
  options: { readonly folds: number; readonly seed: number },
): Split[] {
  const members = groupMembers(groups);
  const order = shuffled([...members.keys()], createRandom(options.seed));
  order.sort((a, b) => members.get(b)!.length - members.get(a)!.length);
  const folds = Math.min(options.folds, members.size);
  const totals = countLabels(labels);
  const rowsOf: number[][] = Array.from({ length: folds }, () => []);
  const counts = Array.from({ length: folds }, () => new Map<string, number>());
  for (const group of order) {
    const rows = members.get(group)!;
    const fold = leastFilled(rows, labels, { counts, totals, rowsOf });
    for (const row of rows) {
      rowsOf[fold]!.push(row);
      counts[fold]!.set(labels[row]!, (counts[fold]!.get(labels[row]!) ?? 0) + 1);
    }
  }
  return rowsOf.map((test) => {
    const inTest = new Set(test);
    return {
      train: labels.map((_, row) => row).filter((row) => !inTest.has(row)),
      test: test.sort((a, b) => a - b),
    };
  });
}

/** One split with about `share` of the rows in test, by group and stratified. */
export function groupHoldOut(
  labels: readonly string[],
  groups: readonly (string | null)[],
  options: { readonly share: number; readonly seed: number },
): Split {
  const folds = Math.max(2, Math.round(1 / options.share));
  const split = stratifiedGroupFolds(labels, groups, { folds, seed: options.seed })[0];
  return split ?? { train: [], test: [] };
}

function groupMembers(groups: readonly (string | null)[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const key = group === null ? `row ${row}` : `group ${group}`;
    const rows = members.get(key);
    if (rows === undefined) members.set(key, [row]);
    else rows.push(row);
  });
  return members;
}

function countLabels(labels: readonly string[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const label of labels) totals.set(label, (totals.get(label) ?? 0) + 1);
  return totals;
}

function leastFilled(
  rows: readonly number[],
  labels: readonly string[],
  state: {
    readonly counts: readonly Map<string, number>[];
    readonly totals: ReadonlyMap<string, number>;
    readonly rowsOf: readonly number[][];
  },
): number {
  let best = 0;
  let least: readonly [number, number] = [Number.POSITIVE_INFINITY, 0];
  state.counts.forEach((count, fold) => {
    let filled = 0;
    for (const row of rows) filled += (count.get(labels[row]!) ?? 0) / state.totals.get(labels[row]!)!;
    const size = state.rowsOf[fold]!.length;
    if (filled < least[0] || (filled === least[0] && size < least[1])) {
      best = fold;
      least = [filled, size];
    }
  });
  return best;
}
