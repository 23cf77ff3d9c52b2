import { describe, expect, it } from 'vitest';
import { openCalendar } from './business-calendar.ts';
import { fewestGaps, paceOf, willBeLate } from './predict.ts';

const calendar = openCalendar({ timeZone: 'UTC', hours: 'always', holidays: [] });
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 8, minute));

describe('the pace of answering', () => {
  it('is the median gap, told from ten gaps on', () => {
    const every = (minutes: number, n: number) => Array.from({ length: n }, (_, i) => at(i * minutes));
    expect(paceOf(every(5, fewestGaps), calendar)).toBeNull();
    expect(paceOf(every(5, fewestGaps + 1), calendar)).toEqual({ minutesEach: 5, gaps: 10 });
    // Half a day without an answer is no reason to give up hope for all.
    expect(paceOf([...every(5, 11), at(800)].toReversed(), calendar)).toEqual({ minutesEach: 5, gaps: 11 });
  });
});

describe('who will be late', () => {
  it('is whose turn comes after it was due', () => {
    const waiting = [1, 2, 3, 4].map((place) => ({ place, dueAt: at(25) }));
    const late = willBeLate(waiting, { minutesEach: 10, gaps: 20 }, { calendar, now: at(0) });
    expect(late.map((w) => w.place)).toEqual([3, 4]);
  });
});
