import { z } from 'zod';
import { id, priority, timestamp } from './common.ts';

export const clockName = z.enum(['first_response', 'next_response', 'resolution']);
export const clockState = z
  .enum(['running', 'at_risk', 'breached', 'paused', 'met', 'missed'])
  .describe('breached: due and still open; missed: stopped too late');

export const slaClock = z
  .object({
    ticket_id: id,
    clock: clockName,
    round: z.int().describe('1 for the first time it runs; a further message or a reopening begins the next'),
    state: clockState,
    priority,
    target_minutes: z.number().describe('business minutes'),
    used_minutes: z.number().describe('business minutes before the present stretch'),
    started_at: timestamp,
    due_at: timestamp.nullable().describe('null while it is paused'),
    stopped_at: timestamp.nullable(),
    breached_at: timestamp.nullable(),
    risk: z.enum(['little-left', 'queue']).nullable().describe('why it is at risk'),
    agent: z.string().nullable(),
  })
  .meta({ id: 'SlaClock' });
export type SlaClockBody = z.output<typeof slaClock>;
