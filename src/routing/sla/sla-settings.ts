import { readFileSync } from 'node:fs';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Priority, priorities, SignalboxError } from '../../ticket/index.ts';
import { type CalendarSettings, weekdays } from './business-calendar.ts';
import type { Targets } from './clocks.ts';

export interface SlaSettings {
  readonly calendar: CalendarSettings;
  readonly targets: Targets;
}

const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'must be a time like 09:00, up to 24:00' });
const window = z
  .tuple([time, time], { error: 'must be two times, like ["09:00", "17:00"]' })
  .refine(([from, to]) => from < to, { error: 'must end after it begins; a night shift is two windows' });
const windows = z.array(window).refine((all) => all.every(([from], i) => i === 0 || all[i - 1]![1] <= from), {
  error: 'must be in order and not overlap',
});
const isDate = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
const minutes = z
  .number({ error: 'must be a number of minutes' })
  .positive({ error: 'must be more than 0 minutes' })
  .max(525_600, { error: 'may be at most 525600 minutes, a year' });
const targets = z.strictObject({ first_response: minutes, next_response: minutes, resolution: minutes });

const file = z.strictObject({
  time_zone: z.string().refine((zone) => IANAZone.isValidZone(zone), {
    error: 'must be the name of a time zone, like Europe/Berlin',
  }),
  hours: z.union(
    [
      z.literal('always'),
      z
        .partialRecord(z.enum(weekdays), windows)
        .refine((days) => Object.values(days).some((w) => w.length > 0), { error: 'must have a day with hours' }),
    ],
    { error: 'must be "always" or hours by weekday, like {"monday": [["09:00", "17:00"]]}, in order, without overlap' },
  ),
  holidays: z
    .array(z.string().refine(isDate, { error: 'must be a date like 2026-12-25' }))
    .max(2_000)
    .default([]),
  targets: z.strictObject(Object.fromEntries(priorities.map((p) => [p, targets])) as Record<Priority, typeof targets>),
});

/** @throws `file-unreadable` naming every place that is wrong. */
export function readSlaSettings(path: string): SlaSettings {
  const refuse = (what: string, cause?: unknown) =>
    new SignalboxError('file-unreadable', `The SLA settings in ${path} cannot be used: ${what}`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw refuse(cause instanceof SyntaxError ? 'it is not JSON.' : 'it cannot be read.', cause);
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const places = parsed.error.issues.map((i) => `${i.path.join('.') || 'the file'} ${i.message}`);
    throw refuse(`${places.join('; ')}. See docs/agents-and-sla.md.`);
  }
  const { time_zone: timeZone, hours, holidays, targets: given } = parsed.data;
  return { calendar: { timeZone, hours: hours as CalendarSettings['hours'], holidays }, targets: given };
}
