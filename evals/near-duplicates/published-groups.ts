/**
 * Near-duplicate groups on the published tickets (train + dev): agreement with the published `group` column over pairs
 * of rows, and how many rows of a fifth leak (a training row at cosine 0.6) when rows are drawn at random, split by the
 * published groups, and split by ours. Prints JSON.
 *
 *   node evals/near-duplicates/published-groups.ts [--data FOLDER] [--bands 50] [--seed 1]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  leakingRows,
  nearDuplicateGroups,
  stratifiedGroupFolds,
  type WordVectors,
  wordVectors,
} from '../../src/ml/index.ts';
import { type PublishedTicket, readPublishedTickets } from '../classifier/published-tickets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    bands: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(options.seed);

/** Pairs of rows that stand in one group. */
function countPairs(groups: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

function shareLeaking(
  vectors: WordVectors,
  rows: readonly PublishedTicket[],
  groups: readonly (string | null)[],
): number {
  const queues = rows.map((row) => row.labels.queue);
  const split = stratifiedGroupFolds(queues, groups, { folds: 5, seed })[0]!;
  return leakingRows(vectors, split.train, split.test, { seed }).share;
}

function main(): void {
  const parts = (['train', 'dev'] as const).map((part) => readPublishedTickets(options.data, part) ?? []);
  const rows = parts.flat();
  if (rows.length === 0) {
    console.log(JSON.stringify({ skipped: 'The published tickets are not on this machine.' }));
    return;
  }
  let start = performance.now();
  const vectors = wordVectors(rows.map((row) => row.text));
  const vectorSeconds = (performance.now() - start) / 1000;
  start = performance.now();
  const { groups, ...found } = nearDuplicateGroups(vectors, { seed, bands: Number(options.bands) });
  const groupSeconds = (performance.now() - start) / 1000;
  const ours = Array.from(groups, String);
  const published = rows.map((row) => row.group);
  const both = countPairs(ours.map((group, i) => `${group} ${published[i]}`));
  const result = {
    rows: rows.length,
    found,
    seconds: { vectors: vectorSeconds, groups: groupSeconds },
    published: { groups: new Set(published).size },
    pairs: { precision: both / countPairs(ours), recall: both / countPairs(published) },
    shareLeaking: {
      random: shareLeaking(
        vectors,
        rows,
        rows.map(() => null),
      ),
      publishedGroups: shareLeaking(vectors, rows, published),
      ourGroups: shareLeaking(vectors, rows, ours),
    },
  };
  console.log(JSON.stringify(result, null, 2));
}

main();
