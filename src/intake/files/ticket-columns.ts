import { SignalboxError } from '../../ticket/index.ts';

/** Which column of a file is what: by the names of published ticket files and of exports, in English and German. */
export const roles = {
  subject: ['subject', 'betreff', 'title', 'titel'],
  body: [
    'body',
    'customer_message',
    'message',
    'text',
    'document',
    'utterance',
    'description',
    'nachricht',
    'beschreibung',
    'anfrage',
    'inhalt',
  ],
  ticketId: ['ticket_id', 'id', 'ticketnummer', 'ticket_nr'],
  customerEmail: ['customer_email', 'email', 'e_mail', 'kunden_email'],
  customerName: ['customer_name', 'kundenname'],
  channel: ['channel', 'kanal'],
  priority: ['priority', 'priorität', 'prioritaet'],
  language: ['language', 'sprache'],
  category: ['queue', 'category', 'topic_group', 'intent', 'kategorie'],
  metadata: ['metadata'],
} as const;

export type Role = keyof typeof roles;

/** Names of columns in the file; a role without one is absent. */
export interface TicketColumns {
  /** Joined they are the body; at least one. */
  readonly body: readonly string[];
  readonly subject: string | null;
  readonly of: Readonly<Partial<Record<Exclude<Role, 'subject' | 'body'>, string>>>;
}

/** "Customer Message" and "customer-message" are one name. */
export const normaliseName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');

/**
 * @param given columns that hold the text, where the names are not the usual ones: one is the body, of several the
 * first is the subject
 * @throws `file-unreadable` naming the columns found, when no text is among them or a given one is missing
 */
export function findColumns(names: readonly string[], given: readonly string[], file: string): TicketColumns {
  const text = given.map((name) => requireColumn(names, name, file));
  const free = names.filter((name) => !text.includes(name));
  const find = (role: Role) => findRole(free, role);
  const of: Partial<Record<Exclude<Role, 'subject' | 'body'>, string>> = {};
  for (const role of Object.keys(roles) as Role[]) {
    const name = role === 'subject' || role === 'body' ? undefined : find(role);
    if (name !== undefined) of[role as keyof typeof of] = name;
  }
  if (text.length === 1) return { body: text, subject: null, of };
  if (text.length > 1) return { body: text.slice(1), subject: text[0]!, of };
  const subject = find('subject');
  const body = find('body');
  if (body !== undefined) return { body: [body], subject: subject ?? null, of };
  if (subject !== undefined) return { body: [subject], subject: null, of };
  if (names.length === 1 || names.some(isProse)) throw noTable(names.join(', '), file);
  throw new SignalboxError(
    'file-unreadable',
    `${file} has no column of text that is known by its name. Its columns are: ${shown(names)}. Name the right one with --text COLUMN.`,
  );
}

/** A sentence, not the name of a column. */
const isProse = (name: string) => name.length > 60 || /[.!?]$/.test(name) || name.split(/\s+/).length > 5;

/** For a text where a table was expected. A table whose only column has a name of its own is told how to go on. */
export function noTable(firstLine: string, file: string): SignalboxError {
  const start = firstLine.length > 60 ? `${firstLine.slice(0, 60)}…` : firstLine;
  return new SignalboxError(
    'file-unreadable',
    `${file} is neither CSV, JSON nor JSON lines: its first line is ${JSON.stringify(start)}. Give a table with a column named body, or name the column of text with --text COLUMN.`,
  );
}

function findRole(names: readonly string[], role: Role): string | undefined {
  for (const wanted of roles[role]) {
    const found = names.find((name) => normaliseName(name) === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name as the file writes it. @throws `file-unreadable` naming the columns found, or when two have that name */
export function requireColumn(names: readonly string[], wanted: string, file: string): string {
  const found = names.find((n) => n === wanted) ?? names.find((n) => normaliseName(n) === normaliseName(wanted));
  const many = names.filter((n) => n === found).length;
  if (many > 1)
    throw new SignalboxError(
      'file-unreadable',
      `${file} has ${many} columns named ${JSON.stringify(found)}, so it is not clear which one is meant. Rename one of them.`,
    );
  if (found !== undefined) return found;
  throw new SignalboxError(
    'file-unreadable',
    `${file} has no column ${JSON.stringify(wanted)}. Its columns are: ${shown(names)}.`,
  );
}

function shown(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  return first.join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
}
