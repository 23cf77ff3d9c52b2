import { z } from 'zod';
import { limits, type RequestedPriority, requestedPriorities } from '../../ticket/index.ts';
import type { TicketRequest } from '../receive-ticket.ts';
import type { TicketColumns } from './ticket-columns.ts';

/** What a file says its ticket is; for measuring, never fed to the model. */
export interface ExpectedLabels {
  readonly category?: string;
  readonly priority?: string;
  readonly language?: string;
}

export interface RowRules {
  readonly columns: TicketColumns;
  /** Cells hold line breaks as the two signs \n, as in published CSV files. */
  readonly escapedBreaks: boolean;
  /** Columns whose word is taken as the sender's own. */
  readonly believe: ReadonlySet<'priority' | 'language'>;
  readonly sourceKey: string | undefined;
}

export type Cell = (column: string) => unknown;

/**
 * The same rules and limits as the HTTP interface (api/contract), but for one: subject or body may be missing, one of
 * both suffices. Of the 20,035 published training tickets 2,663 have no subject.
 * @returns the request, or the words that say what is wrong with the row
 */
export function rowToRequest(cell: Cell, rules: RowRules): TicketRequest | string {
  try {
    return read(cell, rules);
  } catch (error) {
    if (error instanceof BadRow) return error.message;
    throw error;
  }
}

class BadRow extends Error {}

function read(cell: Cell, rules: RowRules): TicketRequest {
  const { columns, believe } = rules;
  const { of } = columns;
  const optional = (column: string | undefined, longest: number) =>
    column === undefined ? undefined : textOf(column, cell(column), longest) || undefined;
  const request: TicketRequest = {
    ...readText(cell, rules),
    customerEmail: emailOf(of.customerEmail, optional(of.customerEmail, 320)),
    customerName: optional(of.customerName, 200),
    clientTicketId: optional(of.ticketId, 200),
    channel: optional(of.channel, 50) ?? 'file',
    priority: believe.has('priority') ? priorityOf(optional(of.priority, 50)) : undefined,
    language: believe.has('language') ? languageOf(optional(of.language, 50)) : undefined,
    metadata: of.metadata === undefined ? undefined : metadataOf(cell(of.metadata)),
    sourceKey: rules.sourceKey,
  };
  return request;
}

function readText(cell: Cell, { columns, escapedBreaks }: RowRules): { subject: string; body: string } {
  const read = (column: string, longest: number) => {
    const value = cell(column);
    // As the HTTP interface has it. An id may be a number, what somebody wrote may not.
    if (typeof value === 'number') throw new BadRow(`${column} must be a string`);
    const text = textOf(column, value, longest);
    return escapedBreaks ? withLineBreaks(text) : text;
  };
  const subject = columns.subject === null ? '' : read(columns.subject, limits.subject);
  const body = columns.body
    .map((column) => read(column, limits.body))
    .filter((text) => text !== '')
    .join('\n\n');
  if (body.length > limits.body) throw new BadRow(tooLong(columns.body.join(' + '), limits.body));
  if (subject === '' && body === '') throw new BadRow('there is no text in it');
  return { subject, body: body === '' ? subject : body };
}

/** Published files write line breaks as \n. A path such as C:\new or \\server\new keeps its backslash. */
function withLineBreaks(text: string): string {
  if (!text.includes('\\n') || text.includes('\n')) return text;
  return text
    .replaceAll('\\r\\n', '\n')
    .replaceAll('\\n\\n', '\n\n')
    .replace(/\S*\\n/g, (word) => (/^["'(]*(?:[A-Za-z]:\\|\\\\)/.test(word) ? word : word.replaceAll('\\n', '\n')));
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const tooLong = (column: string, longest: number) =>
  `${column} is longer than ${longest.toLocaleString('en')} characters`;

/** Trimmed; '' for a cell that is empty or absent. Numbers of JSON are text as well. */
function textOf(column: string, value: unknown, longest: number): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new BadRow(`${column} must be a string`);
  const text = value.trim();
  if (text.length > longest) throw new BadRow(tooLong(column, longest));
  if (text.includes('\u0000')) throw new BadRow(`${column} contains a NUL character, which cannot be stored`);
  if (loneSurrogate.test(text))
    throw new BadRow(`${column} contains half of a surrogate pair, which is not valid Unicode`);
  return text;
}

/**
 * The word of the row for a label column, trimmed; undefined when there is none. An umlaut is one sign, however the
 * file writes it: two labels that look the same are the same.
 */
export function labelOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC') : undefined;
}

function emailOf(column: string | undefined, value: string | undefined): string | undefined {
  if (value !== undefined && !z.regexes.email.test(value)) throw new BadRow(`${column} must be an e-mail address`);
  return value;
}

function priorityOf(value: string | undefined): RequestedPriority | undefined {
  if (value === undefined) return undefined;
  const known = requestedPriorities.find((p) => p === value.toLowerCase().replaceAll(' ', '_'));
  if (known === undefined) throw new BadRow(`priority must be one of ${requestedPriorities.join(', ')}`);
  return known;
}

/** Another language than ours is left to the detection. */
function languageOf(value: string | undefined): 'en' | 'de' | undefined {
  const start = value?.toLowerCase();
  if (start === 'en' || start === 'english' || start === 'englisch') return 'en';
  return start === 'de' || start === 'german' || start === 'deutsch' ? 'de' : undefined;
}

function metadataOf(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadRow('metadata must be an object');
  const entries = Object.entries(value);
  if (entries.length > 50) throw new BadRow('metadata may have 50 entries');
  for (const [key, entry] of entries) {
    const plain = entry === null || ['string', 'number', 'boolean'].includes(typeof entry);
    const fits = key.length <= 100 && (typeof entry !== 'string' || entry.length <= 2_000);
    if (!plain || !fits) throw new BadRow('metadata holds a value that is no plain one, or one that is too long');
  }
  if (/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value))) throw new BadRow('metadata holds text that cannot be stored');
  return value as Record<string, unknown>;
}
