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
/** Days kept at once; a day is made in about 40 µs, and a queue asks for the same few over and over. */
const keptDays = 4_000;
/** Longer than any target: reaching it means that the calendar has no hours. */
const mostDays = 10 * 366;

/** One stretch of business time, in milliseconds since 1970; from ≤ t < to. */
type Stretch = readonly [from: number, to: number];

/** @throws RangeError from `add` when the calendar has no hours in ten years. O(days) each call. */
export function openCalendar({ timeZone, hours, holidays }: CalendarSettings): BusinessCalendar {
  if (hours === 'always') return aroundTheClock;
  const free = new Set(holidays);
  const kept = new Map<string, readonly Stretch[]>();
  const stretchesOf = (day: DateTime): readonly Stretch[] => {
    const date = day.toISODate()!;
    const known = kept.get(date);
    if (known !== undefined) return known;
    const made = free.has(date) ? [] : (hours[weekdays[day.weekday - 1]!] ?? []).map((w) => stretch(day, w));
    if (kept.size >= keptDays) kept.clear();
    kept.set(
      date,
      made.filter(([from, to]) => from < to),
    );
    return kept.get(date)!;
  };
  function* from(start: number): Generator<Stretch> {
    let day = DateTime.fromMillis(start, { zone: timeZone }).startOf('day');
    for (let n = 0; n < mostDays; n++, day = day.plus({ days: 1 })) {
      for (const [open, close] of stretchesOf(day)) if (close > start) yield [Math.max(open, start), close];
    }
    throw new RangeError('The business calendar has no hours in ten years.');
  }
  return {
    add(start, minutes) {
      let left = minutes * minute;
      if (left <= 0) return start;
      for (const [open, close] of from(start.getTime())) {
        if (left <= close - open) return new Date(open + left);
        left -= close - open;
      }
      return start;
    },
    between(start, end) {
      let sum = 0;
      if (end <= start) return 0;
      for (const [open, close] of from(start.getTime())) {
        if (open >= end.getTime()) break;
        sum += Math.min(close, end.getTime()) - open;
      }
      return sum / minute;
    },
  };
}

/** A time that does not exist on that day (clocks put forward) is moved on by the hour that is missing. */
function stretch(day: DateTime, [from, to]: Window): Stretch {
  return [at(day, from), at(day, to)];
}

function at(day: DateTime, time: string): number {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day').toMillis();
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toMillis();
}

const aroundTheClock: BusinessCalendar = {
  add: (from, minutes) => new Date(from.getTime() + Math.max(0, minutes) * minute),
  between: (from, to) => Math.max(0, to.getTime() - from.getTime()) / minute,
};
