import { setImmediate } from 'node:timers/promises';
import {
  type Leaks,
  leakingRows,
  nearDuplicateSteps,
  stratifiedGroupFolds,
  type WordVectors,
  wordVectors,
} from '../../ml/index.ts';
import type { LabelledTicket } from '../triage-model.ts';
import type { LeakFigures, TwinFigures } from './report-shape.ts';

export interface GroupedTickets {
  readonly tickets: readonly LabelledTicket[];
  readonly twins: TwinFigures;
}

export interface GroupingOptions {
  /** Groups of the tickets are taken as they are; else they are found. */
  readonly given: boolean;
  /** Parts of the cross-validation; null where nothing is split. */
  readonly folds: number | null;
  readonly seed: number;
  readonly onProgress?: (fraction: number) => void;
}

const cosine = 0.6;

/**
 * Which tickets say the same in other words, and how many of them a split by row would give away. 20,000 tickets take
 * 5 s, most of it the clustering.
 */
export async function groupTickets(
  tickets: readonly LabelledTicket[],
  options: GroupingOptions,
): Promise<GroupedTickets> {
  const vectors = wordVectors(tickets.map(({ subject, body }) => (subject === body ? body : `${subject}\n${body}`)));
  const found = options.given ? { groups: groupsGiven(tickets), tightened: 0 } : await cluster(vectors, options);
  const grouped = tickets.map((ticket, row) => ({ ...ticket, group: found.groups[row]! }));
  const sizes = new Map<string, number>();
  for (const { group } of grouped) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return {
    tickets: grouped,
    twins: {
      cosine,
      groupsBy: options.given ? 'column' : 'near-twins',
      groups: sizes.size,
      largestGroup: [...sizes.values()].reduce((most, size) => Math.max(most, size), 0),
      single: [...sizes.values()].filter((size) => size === 1).length,
      tightened: found.tightened,
      leaks: leaksOf(vectors, grouped, options),
    },
  };
}

/** A row whose group is not told stands by itself. */
function groupsGiven(tickets: readonly LabelledTicket[]): string[] {
  return tickets.map(({ group }, row) => group ?? `(row ${row + 1})`);
}

async function cluster(
  vectors: WordVectors,
  { seed, onProgress }: GroupingOptions,
): Promise<{ groups: string[]; tightened: number }> {
  const steps = nearDuplicateSteps(vectors, { threshold: cosine, seed });
  for (;;) {
    const step = steps.next();
    if (step.done) return { groups: Array.from(step.value.groups, String), tightened: step.value.tightened };
    onProgress?.(step.value);
    await setImmediate();
  }
}

function leaksOf(
  vectors: WordVectors,
  tickets: readonly LabelledTicket[],
  { folds, seed }: GroupingOptions,
): TwinFigures['leaks'] {
  if (folds === null) return null;
  const labels = tickets.map(({ category }) => category ?? 'out of scope');
  const leaksOfSplit = (groups: readonly (string | null)[]): LeakFigures => {
    const part = stratifiedGroupFolds(labels, groups, { folds, seed })[0];
    if (part === undefined) return { rows: 0, checked: 0, share: 0 };
    return figuresOf(leakingRows(vectors, part.train, part.test, { threshold: cosine, seed }));
  };
  return {
    random: leaksOfSplit(tickets.map(() => null)),
    byGroup: leaksOfSplit(tickets.map(({ group }) => group ?? null)),
  };
}

const figuresOf = ({ rows, checked, share }: Leaks): LeakFigures => ({ rows: rows.length, checked, share });
