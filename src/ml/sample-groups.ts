import { createRandom, shuffled } from './random.ts';

export interface GroupSample {
  /** Rows that are wanted; a class whose every group is larger than its share may exceed it by one group. */
  readonly rows: number;
  readonly seed: number;
}

/** Rows that a class keeps where it has them, while there is room. */
const fewestOfClass = 50;

/**
 * Rows drawn by group, each class by its share; rare classes keep up to 50. A group counts for the class of its first
 * row, with all its rows. Classes and groups are numbers from 0; the result is ascending, all rows when there are no more than wanted.
 * The same seed draws the same rows. O(rows).
 */
export function sampleGroups(labels: Int32Array, groups: Int32Array, { rows, seed }: GroupSample): Int32Array {
  if (labels.length <= rows) return Int32Array.from(labels, (_, row) => row);
  const { sizes, classOf } = measureGroups(labels, groups);
  const quotas = quotasOf(rowsOfClasses(sizes, classOf), rows);
  const taken = new Int32Array(quotas.length);
  const kept = new Uint8Array(sizes.length);
  const order = shuffled(
    Array.from(sizes, (_, group) => group),
    createRandom(seed),
  );
  for (const group of order) {
    const label = classOf[group]!;
    if (taken[label]! > 0 && taken[label]! + sizes[group]! > quotas[label]!) continue;
    taken[label]! += sizes[group]!;
    kept[group] = 1;
  }
  return Int32Array.from(labels, (_, row) => row).filter((row) => kept[groups[row]!] === 1);
}

function measureGroups(labels: Int32Array, groups: Int32Array): { sizes: Int32Array; classOf: Int32Array } {
  let count = 0;
  for (const group of groups) count = Math.max(count, group + 1);
  const sizes = new Int32Array(count);
  const classOf = new Int32Array(count);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    if (sizes[group] === 0) classOf[group] = labels[row]!;
    sizes[group]!++;
  }
  return { sizes, classOf };
}

/** Rows of the groups that count for each class: all rows of a group do. */
function rowsOfClasses(sizes: Int32Array, classOf: Int32Array): Int32Array {
  let classes = 0;
  for (const label of classOf) classes = Math.max(classes, label + 1);
  const rows = new Int32Array(classes);
  for (let group = 0; group < sizes.length; group++) rows[classOf[group]!]! += sizes[group]!;
  return rows;
}

/** The largest share of each class for which all of them, the rare ones lifted, are no more than `rows`. */
function quotasOf(counts: Int32Array, rows: number): Int32Array {
  const least = Math.min(fewestOfClass, Math.floor(rows / counts.length));
  const at = (share: number) => counts.map((count) => Math.max(Math.min(count, least), Math.floor(share * count)));
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((sum, quota) => sum + quota, 0) <= rows) low = middle;
    else high = middle;
  }
  return at(low);
}
