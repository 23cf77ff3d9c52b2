import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { readPublishedTickets, tasks } from '../published-tickets.ts';

/** Texts with one label for each task; rows of one group are paraphrases of each other. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly groups: readonly string[];
}

export interface DataSet {
  readonly name: string;
  readonly train: LabelledTexts;
  readonly test: LabelledTexts;
}

interface Columns {
  readonly text: string;
  readonly label: string;
}

const csvSets: Readonly<Record<string, Columns>> = {
  'it-tickets': { text: 'Document', label: 'Topic_group' },
  banking77: { text: 'text', label: 'category' },
  bitext: { text: 'utterance', label: 'intent' },
};

export const dataSetNames = ['tickets', ...Object.keys(csvSets)];

/**
 * null where the set is not on this machine. tickets and bitext come in two files that share no group; of the others
 * a fifth of the groups is kept aside, chosen by a hash. A group is what has the same words.
 */
export function readDataSet(folder: string, name: string): DataSet | null {
  if (name === 'tickets') return readTickets(join(folder, name));
  const columns = csvSets[name];
  const train = columns && readCsv(join(folder, name, 'train.csv.gz'), columns);
  if (!train) return null;
  const test = readCsv(join(folder, name, 'dev.csv.gz'), columns);
  if (test !== null) return { name, train, test };
  const aside = train.groups.map((group) => hashOf(group) % 5 === 0);
  return { name, train: pickTexts(train, (r) => !aside[r]), test: pickTexts(train, (r) => aside[r]!) };
}

/** The rows that are wanted, in their order. */
export function pickTexts(rows: LabelledTexts, wanted: (row: number) => boolean): LabelledTexts {
  const pick = (items: readonly string[]): string[] => items.filter((_, row) => wanted(row));
  const labels = Object.fromEntries(Object.entries(rows.labels).map(([task, names]) => [task, pick(names)]));
  return { texts: pick(rows.texts), labels, groups: pick(rows.groups) };
}

function readTickets(folder: string): DataSet | null {
  const [train, test] = (['train', 'dev'] as const).map((part): LabelledTexts | null => {
    const rows = readPublishedTickets(folder, part);
    return (
      rows && {
        texts: rows.map((row) => row.text),
        labels: Object.fromEntries(tasks.map((task) => [task, rows.map((row) => row.labels[task])])),
        groups: rows.map((row) => row.group),
      }
    );
  });
  return train && test ? { name: 'tickets', train, test } : null;
}

function readCsv(file: string, { text, label }: Columns): LabelledTexts | null {
  if (!existsSync(file)) return null;
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  const texts = rows.map((row) => row[text] ?? '');
  return { texts, labels: { [label]: rows.map((row) => row[label] ?? '') }, groups: texts.map(wordsOf) };
}

function wordsOf(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
