import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export interface PublishedTicket {
  readonly text: string;
  /** What the text looks like: en, de or ?; a quarter of the rows labelled de are English. */
  readonly language: string;
  /** Paraphrases of one ticket share it. */
  readonly group: string;
  readonly labels: Readonly<Record<Task, string>>;
}

export const tasks = ['department', 'queue', 'type', 'priority'] as const;
export type Task = (typeof tasks)[number];

/** Mapping of the data set's queues to the three departments, as its README has it. */
const departmentOfQueue: Readonly<Record<string, string>> = {
  'Billing and Payments': 'Billing',
  'Returns and Exchanges': 'Billing',
  'Sales and Pre-Sales': 'Billing',
  'Technical Support': 'Technical',
  'Product Support': 'Technical',
  'IT Support': 'Technical',
  'Service Outages and Maintenance': 'Technical',
  'Human Resources': 'Legal',
  'Customer Service': 'Legal',
  'General Inquiry': 'Legal',
};

/** Rows of `train.csv.gz` or `dev.csv.gz` (they share no group of paraphrases); null where the folder is absent. */
export function readPublishedTickets(folder: string, part: 'train' | 'dev'): PublishedTicket[] | null {
  const file = join(folder, `${part}.csv.gz`);
  if (!existsSync(file)) return null;
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  return rows.map((row) => ({
    text: `${row['subject']}\n${row['body']}`,
    language: row['text_language'] ?? '?',
    group: row['group'] ?? '',
    labels: {
      department: departmentOfQueue[row['queue'] ?? ''] ?? 'unknown',
      queue: row['queue'] ?? '',
      type: row['type'] ?? '',
      priority: row['priority'] ?? '',
    },
  }));
}
