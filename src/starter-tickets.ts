import type { LabelledTicket } from './triage/index.ts';

interface StarterLine {
  readonly scenario: string;
  readonly subject: string;
  readonly body: string;
  readonly category: string | null;
  readonly urgency: number | null;
  readonly split: 'train' | 'test';
}

/** The training part of `starter/tickets.jsonl`; the other part is kept for measuring and never trained on. */
export function readStarterTickets(jsonl: string, split: 'train' | 'test' = 'train'): LabelledTicket[] {
  return jsonl
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as StarterLine)
    .filter((row) => row.split === split)
    .map(({ subject, body, category, urgency, scenario }) => ({ subject, body, category, urgency, group: scenario }));
}
