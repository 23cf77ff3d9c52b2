import type { BusinessCalendar } from './business-calendar.ts';

/** How quickly questions of one priority have been answered of late. */
export interface Pace {
  /** Median of the business minutes between one first response and the next. */
  readonly minutesEach: number;
  /** Of how many gaps that is the median. */
  readonly gaps: number;
}

/** With fewer, nothing is predicted from the queue: three answers in a row say little of the fourth. */
export const fewestGaps = 10;

/**
 * The pace of answering, by the moments of the newest first responses in any order; null when there are too few.
 * A median: one long lunch does not make every hour late.
 */
export function paceOf(answered: readonly Date[], calendar: BusinessCalendar): Pace | null {
  const moments = answered.toSorted((a, b) => a.getTime() - b.getTime());
  const gaps = moments.slice(1).map((at, i) => calendar.between(moments[i]!, at));
  if (gaps.length < fewestGaps) return null;
  return { minutesEach: median(gaps), gaps: gaps.length };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * Which of the waiting will be answered after they were due, if it goes on at this pace: the one at place p gets
 * its answer p gaps from now. `waiting` is in the order of its places.
 */
export function willBeLate<W extends { readonly place: number; readonly dueAt: Date }>(
  waiting: readonly W[],
  pace: Pace,
  { calendar, now }: { calendar: BusinessCalendar; now: Date },
): W[] {
  return waiting.filter((w) => w.dueAt < calendar.add(now, w.place * pace.minutesEach));
}
