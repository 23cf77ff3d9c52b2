import { type GoodRow, openTicketFile } from '../intake/index.ts';
import type { LabelledTicket } from '../triage/index.ts';
import { tellBadRow } from './bad-rows.ts';
import type { LabelMap } from './label-map.ts';
import type { Terminal } from './terminal.ts';

export interface LabelColumns {
  readonly label: string;
  readonly text?: readonly string[];
  readonly group?: string;
  /** A number in [0,1]. */
  readonly urgency?: string;
  /** The label of tickets that belong to no category. */
  readonly outOfScope?: string;
}

export interface LabelledFile {
  readonly tickets: LabelledTicket[];
  readonly badRows: number;
  /** Rows without a label, or whose label is mapped to nothing. */
  readonly leftOut: number;
  readonly hash: string;
}

/** The labelled tickets of a file, all in memory: what trains and measures sees them several times. */
export async function readLabelledTickets(
  source: string,
  columns: LabelColumns,
  { terminal, mapLabel }: { terminal: Terminal; mapLabel: LabelMap },
): Promise<LabelledFile> {
  const { label, group, urgency } = columns;
  const keep = [label, group, urgency].filter((name) => name !== undefined);
  const file = await openTicketFile(source, { text: columns.text ?? [], keep });
  const tickets: LabelledTicket[] = [];
  let badRows = 0;
  let leftOut = 0;
  for await (const row of file.rows()) {
    if (terminal.signal.aborted) break;
    const problem = row.kind === 'bad' ? row.problem : urgencyProblem(row.kept, urgency);
    if (row.kind === 'bad' || problem !== null) {
      tellBadRow(terminal, { row: row.row, line: row.line, problem: problem ?? '', before: badRows++ });
      continue;
    }
    const ticket = labelledTicket(row, columns, mapLabel);
    if (ticket === null) leftOut++;
    else tickets.push(ticket);
  }
  return { tickets, badRows, leftOut, hash: file.hash ?? '' };
}

/** null for a row without a label, or with one that is mapped to nothing. */
function labelledTicket({ request, kept }: GoodRow, columns: LabelColumns, mapLabel: LabelMap): LabelledTicket | null {
  const { label, group, urgency, outOfScope } = columns;
  const given = kept[label];
  if (given === undefined) return null;
  const category = given === outOfScope ? null : mapLabel(given);
  if (category === null && given !== outOfScope) return null;
  return {
    subject: request.subject,
    body: request.body,
    category,
    group: group === undefined ? null : (kept[group] ?? null),
    urgency: urgency === undefined || kept[urgency] === undefined ? null : Number(kept[urgency]),
  };
}

function urgencyProblem(kept: Readonly<Record<string, string>>, column: string | undefined): string | null {
  const value = column === undefined ? undefined : kept[column];
  if (value === undefined) return null;
  const urgency = Number(value);
  return urgency >= 0 && urgency <= 1 ? null : `${column} must be a number from 0 to 1`;
}
