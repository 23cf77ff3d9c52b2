import { readFileSync } from 'node:fs';
import type { LabelledTicket } from '../../src/triage/index.ts';

export interface StarterTicket {
  readonly scenario: string;
  readonly language: 'en' | 'de';
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly urgency: number;
  readonly split: 'train' | 'test';
}

/** The starter tickets of one side of the split whose urgency was judged. */
export function readStarterTickets(split: StarterTicket['split']): StarterTicket[] {
  return readFileSync(new URL('../../starter/tickets.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StarterTicket)
    .filter((ticket) => ticket.split === split && ticket.urgency !== null);
}

export const asLabelled = (ticket: StarterTicket): LabelledTicket => ({
  subject: ticket.subject,
  body: ticket.body,
  category: ticket.category,
  urgency: ticket.urgency,
  group: ticket.scenario,
});
