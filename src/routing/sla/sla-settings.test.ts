import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSlaSettings } from './sla-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'sla-'));
afterAll(() => rmSync(folder, { recursive: true }));

const times = { first_response: 60, next_response: 60, resolution: 480 };
const good = {
  time_zone: 'Europe/Berlin',
  hours: {
    monday: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
  },
  holidays: ['2026-12-25'],
  targets: { high: times, medium: times, low: times },
};

function read(content: unknown) {
  const path = join(folder, 'sla.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readSlaSettings(path);
}

describe('the settings of the clocks', () => {
  it('are read, and those of the starter are good', () => {
    expect(read(good)).toMatchObject({ calendar: { timeZone: 'Europe/Berlin' }, targets: { low: times } });
    expect(read({ ...good, hours: 'always' }).calendar.hours).toBe('always');
    expect(() => readSlaSettings(join(import.meta.dirname, '../../../starter/sla.json'))).not.toThrow();
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['an unknown zone', { ...good, time_zone: 'Berlin' }, 'time_zone must be the name of a time zone'],
    [
      'hours that overlap',
      {
        ...good,
        hours: {
          monday: [
            ['09:00', '12:00'],
            ['11:00', '17:00'],
          ],
        },
      },
      'hours.monday must be in order and not overlap',
    ],
    [
      'hours that end first',
      { ...good, hours: { monday: [['17:00', '09:00']] } },
      'hours.monday.0 must end after it begins',
    ],
    ['no hours at all', { ...good, hours: {} }, 'hours must have a day with hours'],
    ['a day that is none', { ...good, holidays: ['2026-02-30'] }, 'holidays.0 must be a date'],
    [
      'a target of nothing',
      { ...good, targets: { ...good.targets, low: { ...times, resolution: 0 } } },
      'targets.low.resolution must be more than 0',
    ],
    ['a priority without targets', { ...good, targets: { high: times, low: times } }, 'targets.medium'],
    ['a slip in a name', { ...good, holiday: [] }, 'holiday'],
  ])('with %s are refused, and it is said where', (_, content, words) => {
    expect(() => read(content)).toThrow(words);
  });

  it('that are not there are refused', () => {
    expect(() => readSlaSettings(join(folder, 'none.json'))).toThrow('it cannot be read');
  });
});
