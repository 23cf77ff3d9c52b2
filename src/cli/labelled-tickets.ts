import { type FileRow, openTicketFile, type TicketFile } from '../intake/index.ts';
import { sampleGroups } from '../ml/index.ts';
import type { LabelledTicket } from '../triage/index.ts';
import { tellBadRow } from './bad-rows.ts';
import { showFileProgress } from './file-progress.ts';
import { looksGarbled } from './garbled-text.ts';
import type { LabelMap } from './label-map.ts';
import { charactersThatFit } from './machine-memory.ts';
import { sheetOf } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface LabelColumns {
  readonly label: string;
  readonly text?: readonly string[];
  readonly sheet?: string;
  readonly group?: string;
  /** A number in [0,1]. */
  readonly urgency?: string;
  /** The label of tickets that belong to no category. */
  readonly outOfScope?: string;
}

export interface LabelledFile {
  readonly tickets: LabelledTicket[];
  /** Row in the file of each ticket, from 1. */
  readonly fileRows: number[];
  /** Labelled rows of the file; more than `tickets` when some were drawn. */
  readonly labelled: number;
  /** What rows were drawn for; null when all were taken. */
  readonly drawnFor: 'rows' | 'memory' | null;
  readonly badRows: number;
  /** Rows without a label, or whose label is mapped to nothing. */
  readonly leftOut: number;
  /** Rows whose letters were read in a wrong encoding, and the line of the first. */
  readonly garbled: { readonly rows: number; readonly line: number };
  readonly hash: string;
}

export interface ReadingRules {
  readonly terminal: Terminal;
  readonly mapLabel: LabelMap;
  /** What the file is called in words, where it is a copy of standard input. */
  readonly name?: string;
  /** Tickets kept in memory at most; of more, as many are drawn by group and category. */
  readonly maxRows: number;
  /** Characters of all texts together that are kept in memory; what fits the machine unless said. */
  readonly maxCharacters?: number;
  readonly seed: number;
}

/**
 * The labelled tickets of a file: what trains and measures sees them several times. Memory stays bounded: of a file
 * with more than `maxRows` only labels and groups are kept, and the rows that were drawn are read in a second pass.
 */
export async function readLabelledTickets(
  path: string,
  columns: LabelColumns,
  rules: ReadingRules,
): Promise<LabelledFile> {
  const { maxRows, maxCharacters = charactersThatFit(), seed, terminal } = rules;
  const keys = new RowKeys();
  let kept: Kept = { tickets: [], fileRows: [] };
  let [characters, full] = [0, false];
  const read = await readOnce(path, columns, rules, (row, ticket) => {
    keys.add(ticket);
    characters += ticket.subject.length + ticket.body.length;
    full ||= keys.rows > maxRows || characters > maxCharacters;
    if (!full) keep(kept, row, ticket);
    else if (kept.tickets.length > 0) kept = { tickets: [], fileRows: [] };
  });
  const labelled = keys.rows;
  const fitting = Math.floor((labelled * maxCharacters) / characters);
  if (full && !terminal.signal.aborted) {
    const rows = Math.min(maxRows, fitting);
    const drawn = new Set(sampleGroups(Int32Array.from(keys.labels), Int32Array.from(keys.groups), { rows, seed }));
    let at = 0;
    await readOnce(path, columns, { ...rules, quiet: true }, (row, ticket) => {
      if (drawn.has(at++)) keep(kept, row, ticket);
    });
  }
  const reason = fitting < maxRows ? 'memory' : 'rows';
  return { ...kept, ...read, labelled, drawnFor: full ? reason : null };
}

interface Kept {
  readonly tickets: LabelledTicket[];
  readonly fileRows: number[];
}

function keep({ tickets, fileRows }: Kept, row: number, ticket: LabelledTicket): void {
  tickets.push(ticket);
  fileRows.push(row);
}

/** Category and group of every row, as numbers. */
class RowKeys {
  readonly labels: number[] = [];
  readonly groups: number[] = [];
  private readonly numberOf = { label: new Map<string, number>(), group: new Map<string, number>() };
  private groupCount = 0;

  get rows(): number {
    return this.labels.length;
  }

  add({ category, group }: LabelledTicket): void {
    const { label: labels, group: groups } = this.numberOf;
    const label = labels.get(category ?? '') ?? labels.size;
    labels.set(category ?? '', label);
    this.labels.push(label);
    const number = (typeof group === 'string' ? groups.get(group) : undefined) ?? this.groupCount++;
    if (typeof group === 'string') groups.set(group, number);
    this.groups.push(number);
  }
}

type Pass = Pick<LabelledFile, 'badRows' | 'leftOut' | 'garbled' | 'hash'>;

async function readOnce(
  path: string,
  columns: LabelColumns,
  rules: ReadingRules & { readonly quiet?: boolean },
  take: (row: number, ticket: LabelledTicket) => void,
): Promise<Pass> {
  const { terminal, name, quiet = false } = rules;
  const keepColumns = [columns.label, columns.group, columns.urgency].filter((column) => column !== undefined);
  const named = name === undefined ? {} : { name };
  const file = await openTicketFile(path, {
    ...named,
    ...sheetOf(columns),
    text: columns.text ?? [],
    keep: keepColumns,
  });
  let [badRows, leftOut] = [0, 0];
  let garbled = { rows: 0, line: 0 };
  for await (const row of watched(file, terminal)) {
    if (terminal.signal.aborted) break;
    const found = labelledTicket(row, columns, rules.mapLabel);
    if (typeof found === 'string') {
      if (!quiet) tellBadRow(terminal, { row: row.row, line: row.line, problem: found, before: badRows });
      badRows++;
    } else if (found === null) leftOut++;
    else {
      if (looksGarbled(found.body)) garbled = { rows: garbled.rows + 1, line: garbled.line || row.line };
      take(row.row, found);
    }
  }
  return { badRows, leftOut, garbled, hash: file.hash ?? '' };
}

/** The rows, with a bar above the words of bad ones. */
async function* watched(file: TicketFile, terminal: Terminal): ReturnType<TicketFile['rows']> {
  const progress = showFileProgress(file, terminal);
  let rows = 0;
  try {
    for await (const row of file.rows()) {
      if (++rows % 1000 === 0) progress.update(rows);
      yield row;
    }
  } finally {
    progress.end();
  }
}

/** null for a row without a label, or with one that is mapped to nothing; words for a bad row. */
function labelledTicket(row: FileRow, columns: LabelColumns, mapLabel: LabelMap): LabelledTicket | string | null {
  if (row.kind === 'bad') return row.problem;
  const { request, kept } = row;
  const problem = urgencyProblem(kept, columns.urgency);
  if (problem !== null) return problem;
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
