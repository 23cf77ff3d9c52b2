import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { readPublishedTickets } from '../classifier/published-tickets.ts';

/** A text of somebody else's data with their label; `language` only where the set says what the text looks like. */
export interface ForeignText {
  readonly text: string;
  readonly label: string;
  readonly language?: string;
}

/** null: the file is not on this machine. */
export type ForeignSet = readonly ForeignText[] | null;

function read(path: string): string | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function readTable(path: string, columns: { readonly text: string; readonly label: string }): ForeignSet {
  const content = read(path);
  if (content === null) return null;
  const rows: Record<string, string>[] = parse(content, { columns: true });
  return rows.map((row) => ({ text: row[columns.text] ?? '', label: row[columns.label] ?? '' }));
}

/** Short English requests to a shop, with slips and slang; 810 rows of the part for measuring. */
export function readBitext(folder: string): ForeignSet {
  return readTable(join(folder, 'bitext/dev.csv.gz'), { text: 'utterance', label: 'intent' });
}

/** German mails by kind, 95 of nine kinds and 170 of which half are absence notes; texts in both files count once. */
export function readGermanMails(folder: string): ForeignSet {
  const columns = { text: 'text', label: 'label' };
  const kinds = readTable(join(folder, 'german-mail-classes/train.csv'), columns);
  const absences = readTable(join(folder, 'german-mail-classes/train-ooo.csv'), columns);
  if (kinds === null || absences === null) return null;
  const known = new Set(kinds.map((row) => row.text));
  return [...kinds, ...absences.filter((row) => !known.has(row.text))];
}

/** The part of the published tickets for measuring, by queue; 2,814 rows. */
export function readTickets(folder: string): ForeignSet {
  const rows = readPublishedTickets(join(folder, 'tickets'), 'dev');
  return rows?.map(({ text, labels, language }) => ({ text, label: labels.queue, language })) ?? null;
}

/** Short English questions to a bank; 10,003 rows. */
export function readBanking(folder: string): ForeignSet {
  return readTable(join(folder, 'banking77/train.csv.gz'), { text: 'text', label: 'category' });
}

/** Short English requests to a voice assistant; 3,100 rows, 100 of them of no intent. */
export function readAssistantRequests(folder: string): ForeignSet {
  const content = read(join(folder, 'clinc150/train.json.gz'));
  if (content === null) return null;
  const { val, oos_val }: { val: [string, string][]; oos_val: [string, string][] } = JSON.parse(content);
  return [...val, ...oos_val].map(([text, label]) => ({ text, label }));
}
