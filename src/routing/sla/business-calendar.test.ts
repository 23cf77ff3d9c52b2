import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarSettings, openCalendar, weekdays } from './business-calendar.ts';

const office: CalendarSettings = {
  timeZone: 'Europe/Berlin',
  hours: Object.fromEntries(
    weekdays.slice(0, 5).map((d) => [
      d,
      [
        ['09:00', '12:30'],
        ['13:00', '17:00'],
      ],
    ]),
  ),
  holidays: ['2026-12-25', '2026-04-03', '2026-04-06'],
};
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago', 'UTC'];
const anyCalendar: fc.Arbitrary<CalendarSettings> = fc.record({
  timeZone: fc.constantFrom(...zones),
  hours: fc.oneof(
    fc.constant('always' as const),
    fc.constant(office.hours),
    fc.constant(Object.fromEntries(weekdays.map((d) => [d, [['00:00', '24:00']]])) as CalendarSettings['hours']),
    // A night shift across the hour that clocks skip or repeat.
    fc.constant({ sunday: [['00:00', '03:00']], saturday: [['22:00', '24:00']] } as CalendarSettings['hours']),
  ),
  holidays: fc.constantFrom<string[][]>([], ['2026-03-29', '2026-10-25', '2026-12-25'], ['2026-03-08', '2026-11-01']),
});
const begin = Date.UTC(2026, 0, 1);
const anyMoment = fc
  .oneof(
    fc.integer({ min: 0, max: 400 * 1_440 }),
    // Around the days on which clocks change.
    fc.integer({ min: 86 * 1_440, max: 89 * 1_440 }),
    fc.integer({ min: 296 * 1_440, max: 299 * 1_440 }),
  )
  .map((minute) => new Date(begin + minute * 60_000));
const anyMinutes = fc.integer({ min: 0, max: 6_000 });

const at = (text: string) => new Date(text);
const calendar = openCalendar(office);

describe('business time', () => {
  it('is what passed between, after it was added', () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyMinutes, (settings, from, minutes) => {
        const opened = openCalendar(settings);
        expect(opened.between(from, opened.add(from, minutes))).toBeCloseTo(minutes, 6);
      }),
    );
  });

  it('never runs backwards, neither with later beginnings nor with more minutes', () => {
    fc.assert(
      fc.property(anyCalendar, anyMoment, anyMoment, anyMinutes, anyMinutes, (settings, a, b, m, n) => {
        const opened = openCalendar(settings);
        const [first, second] = a <= b ? [a, b] : [b, a];
        const [less, more] = m <= n ? [m, n] : [n, m];
        expect(opened.add(first, more).getTime()).toBeGreaterThanOrEqual(opened.add(first, less).getTime());
        if (more > 0)
          expect(opened.add(second, more).getTime()).toBeGreaterThanOrEqual(opened.add(first, more).getTime());
      }),
    );
  });

  it('of two stretches side by side is the sum of both, and never more than what passed', () => {
    fc.assert(
      fc.property(anyCalendar, fc.tuple(anyMoment, anyMoment, anyMoment), (settings, moments) => {
        const opened = openCalendar(settings);
        const [a, b, c] = moments.toSorted((x, y) => x.getTime() - y.getTime()) as [Date, Date, Date];
        const whole = opened.between(a, c);
        expect(whole).toBeCloseTo(opened.between(a, b) + opened.between(b, c), 6);
        expect(whole).toBeLessThanOrEqual((c.getTime() - a.getTime()) / 60_000 + 1e-6);
      }),
    );
  });
});

describe('an office in Berlin', () => {
  it('counts from the next morning what came in at night, and stops for lunch', () => {
    expect(calendar.add(at('2026-07-06T20:00:00Z'), 60)).toEqual(at('2026-07-07T08:00:00Z'));
    expect(calendar.add(at('2026-07-07T10:00:00Z'), 60)).toEqual(at('2026-07-07T11:30:00Z'));
  });

  it('ends a target that is used up at closing time there, not the next morning', () => {
    expect(calendar.add(at('2026-07-07T14:00:00Z'), 60)).toEqual(at('2026-07-07T15:00:00Z'));
    expect(calendar.add(at('2026-07-07T14:00:00Z'), 61)).toEqual(at('2026-07-08T07:01:00Z'));
  });

  it('is closed from Good Friday to Easter Monday', () => {
    expect(calendar.add(at('2026-04-02T14:30:00Z'), 60)).toEqual(at('2026-04-07T07:30:00Z'));
    expect(calendar.between(at('2026-04-02T15:00:00Z'), at('2026-04-07T07:00:00Z'))).toBe(0);
  });

  it('opens an hour earlier by the sun when summer time begins', () => {
    expect(calendar.add(at('2026-03-27T15:00:00Z'), 60)).toEqual(at('2026-03-27T16:00:00Z'));
    expect(calendar.add(at('2026-03-27T16:00:00Z'), 60)).toEqual(at('2026-03-30T08:00:00Z'));
  });
});

describe('a day on which clocks change', () => {
  const whole = openCalendar({
    timeZone: 'Europe/Berlin',
    hours: { sunday: [['00:00', '24:00']] },
    holidays: [],
  });
  it('has 23 hours in March and 25 in October', () => {
    expect(whole.between(at('2026-03-28T00:00:00Z'), at('2026-03-31T00:00:00Z'))).toBe(23 * 60);
    expect(whole.between(at('2026-10-24T00:00:00Z'), at('2026-10-27T00:00:00Z'))).toBe(25 * 60);
    expect(whole.between(at('2026-05-09T00:00:00Z'), at('2026-05-12T00:00:00Z'))).toBe(24 * 60);
  });

  it('counts a shift that begins in the missing hour from when clocks go on', () => {
    const night = openCalendar({ timeZone: 'Europe/Berlin', hours: { sunday: [['02:30', '04:00']] }, holidays: [] });
    expect(night.between(at('2026-03-28T00:00:00Z'), at('2026-03-31T00:00:00Z'))).toBe(30);
  });
});

describe('around the clock', () => {
  it('counts every minute, holidays too', () => {
    const always = openCalendar({ ...office, hours: 'always' });
    expect(always.add(at('2026-12-25T00:00:00Z'), 90)).toEqual(at('2026-12-25T01:30:00Z'));
  });
});

describe('a calendar without hours', () => {
  it('says so rather than search for ever', () => {
    const never = openCalendar({ timeZone: 'UTC', hours: {}, holidays: [] });
    expect(() => never.add(at('2026-01-01T00:00:00Z'), 1)).toThrow(RangeError);
  });
});
