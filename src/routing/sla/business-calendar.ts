import { DateTime } from 'luxon';

/** Local times of one weekday between which people work, e.g. ['09:00', '17:30']; '24:00' is the end of the day. */
export type Window = readonly [from: string, to: string];

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export interface CalendarSettings {
  /** IANA name, e.g. Europe/Berlin. */
  readonly timeZone: string;
  /** 'always': day and night, holidays too. */
  readonly hours: 'always' | Readonly<Partial<Record<Weekday, readonly Window[]>>>;
  /** Local dates, YYYY-MM-DD, on which nobody works. */
  readonly holidays: readonly string[];
}

/**
 * Counts the minutes in which people work. A minute is one that passes: where clocks are put forward or back a
 * night shift is an hour shorter or longer, and so is what is counted of it.
 */
export interface BusinessCalendar {
  /** The moment when `minutes` (≥ 0) of business time have passed since `from`; at the end of a day its end, not the next morning. */
  add(from: Date, minutes: number): Date;
  /** Business minutes from `from` to `to`; 0 when `to` is not later. */
  between(from: Date, to: Date): number;
}

const minute = 60_000;
/** Days that are laid out before the first moment that is asked for: questions of the last month need no new layout. */
const daysBefore = 35;
/** Longer than any target: a calendar without hours for so long has none. */
const mostDays = 10 * 366;

/**
 * Business time laid out once, stretch by stretch, and longer when something later is asked for: a day takes some
 * 40 µs to lay out, a question then a search in a sorted list. Times in milliseconds since 1970; stretch i is
 * opens[i] ≤ t < closes[i], and `before[i]` of business time lies before it.
 */
interface Layout {
  readonly opens: number[];
  readonly closes: number[];
  readonly before: number[];
  /** The first moment that is laid out, and the day with which to go on. */
  readonly begin: number;
  next: DateTime;
}

/** @throws RangeError from `add` when the calendar has no hours in ten years. O(log days) once a time is laid out. */
export function openCalendar({ timeZone, hours, holidays }: CalendarSettings): BusinessCalendar {
  if (hours === 'always') return aroundTheClock;
  const free = new Set(holidays);
  let laid: Layout | null = null;

  const lay = (layout: Layout): void => {
    const day = layout.next;
    layout.next = day.plus({ days: 1 });
    if (free.has(day.toISODate()!)) return;
    for (const window of hours[weekdays[day.weekday - 1]!] ?? []) {
      const [open, close] = stretch(day, window);
      if (close <= open) continue;
      layout.before.push(totalOf(layout));
      layout.opens.push(open);
      layout.closes.push(close);
    }
  };
  /** The layout, which begins before `from` and reaches beyond `to`. */
  const layoutOf = (from: number, to: number): Layout => {
    if (laid === null || from < laid.begin) {
      const next = DateTime.fromMillis(from, { zone: timeZone }).startOf('day').minus({ days: daysBefore });
      const earlier = laid;
      laid = { opens: [], closes: [], before: [], begin: next.toMillis(), next };
      while (earlier !== null && laid.next < earlier.next) lay(laid);
    }
    while (laid.next.toMillis() <= to) lay(laid);
    return laid;
  };

  return {
    add(from, minutes) {
      if (minutes <= 0) return from;
      const start = from.getTime();
      const layout = layoutOf(start, start);
      const target = positionOf(layout, start) + minutes * minute;
      for (let barren = 0; totalOf(layout) < target; barren++) {
        const stretches = layout.opens.length;
        lay(layout);
        if (layout.opens.length > stretches) barren = 0;
        if (barren > mostDays) throw new RangeError('The business calendar has no hours in ten years.');
      }
      // The last stretch that begins before the target: at the end of a day its end, not the next morning.
      const i = lastBelow(layout.before, target);
      return new Date(layout.opens[i]! + target - layout.before[i]!);
    },
    between(from, to) {
      if (to <= from) return 0;
      const layout = layoutOf(from.getTime(), to.getTime());
      return (positionOf(layout, to.getTime()) - positionOf(layout, from.getTime())) / minute;
    },
  };
}

function totalOf({ opens, closes, before }: Layout): number {
  const last = opens.length - 1;
  return last < 0 ? 0 : before[last]! + closes[last]! - opens[last]!;
}

/** Business time from the beginning of the layout to `at`. */
function positionOf({ opens, closes, before }: Layout, at: number): number {
  const i = lastBelow(opens, at);
  return i < 0 ? 0 : before[i]! + Math.min(at, closes[i]!) - opens[i]!;
}

/** Index of the last number below `value` in a sorted list; −1 where all are at or above it. */
function lastBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

type Stretch = readonly [from: number, to: number];

/** A time that does not exist on that day (clocks put forward) is moved on by the hour that is missing. */
function stretch(day: DateTime, [from, to]: Window): Stretch {
  return [timeOn(day, from), timeOn(day, to)];
}

function timeOn(day: DateTime, time: string): number {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day').toMillis();
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toMillis();
}

const aroundTheClock: BusinessCalendar = {
  add: (from, minutes) => new Date(from.getTime() + Math.max(0, minutes) * minute),
  between: (from, to) => Math.max(0, to.getTime() - from.getTime()) / minute,
};
