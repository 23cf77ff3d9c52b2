import { wilsonInterval } from '../ml/index.ts';
import { type OutcomeCount, type OutcomeKind, outcomeKinds } from './stores/outcomes.ts';

export interface OutcomeShare {
  readonly n: number;
  /** Of what is known, in [0,1]; null when nothing is. */
  readonly share: number | null;
  /** Wilson's 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export interface OutcomeGroup {
  readonly key: string;
  /** Pieces of work of which something is known. */
  readonly known: number;
  /** Resolutions of which nothing is known yet: in no share. */
  readonly open: number;
  readonly outcomes: Readonly<Record<OutcomeKind, OutcomeShare>>;
}

/** Counts as shares of what is known, with intervals; `total` is the sum of the groups. */
export function outcomeShares(counts: readonly OutcomeCount[]): {
  groups: OutcomeGroup[];
  total: Omit<OutcomeGroup, 'key'>;
} {
  const keys = [...new Set(counts.map((c) => c.key))];
  const groups = keys.map((key) => ({ key, ...sharesOf(counts.filter((c) => c.key === key)) }));
  return { groups, total: sharesOf(counts) };
}

function sharesOf(counts: readonly OutcomeCount[]): Omit<OutcomeGroup, 'key'> {
  const sum = (kind: OutcomeKind | null) => counts.reduce((n, c) => (c.kind === kind ? n + c.n : n), 0);
  const known = outcomeKinds.reduce((n, kind) => n + sum(kind), 0);
  const shareOf = (kind: OutcomeKind): OutcomeShare => {
    const n = sum(kind);
    return { n, share: known === 0 ? null : n / known, ...wilsonInterval(n, known) };
  };
  return {
    known,
    open: sum(null),
    outcomes: {
      confirmed: shareOf('confirmed'),
      assumed: shareOf('assumed'),
      reopened: shareOf('reopened'),
      contradicted: shareOf('contradicted'),
    },
  };
}
