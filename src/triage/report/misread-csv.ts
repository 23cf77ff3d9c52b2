import type { Guess } from '../training-metrics.ts';
import { languageOf } from './language-scores.ts';

/** Signs of a ticket's text that are shown. */
const longestText = 300;

/** Tickets written down; more are of use to nobody and fill the disk. */
const mostRows = 20_000;

const header = ['row', 'text', 'expected', 'found', 'confidence', 'abstained', 'group', 'language'];

/**
 * The tickets that the model got wrong, the surest mistakes first: wrong labels stand at the top. Holds texts of
 * customers. UTF-8 with a byte order mark, without which spreadsheets misread umlauts.
 * @param fileRows row in the file of each ticket
 */
export function writeMisread(guesses: readonly Guess[], fileRows: ArrayLike<number>): string {
  const wrong = guesses.filter(({ ticket, category, abstained }) =>
    ticket.category === null ? !abstained : category !== ticket.category,
  );
  wrong.sort((a, b) => b.confidence - a.confidence || a.row - b.row);
  const lines = wrong
    .slice(0, mostRows)
    .map(({ row, ticket, category, confidence, abstained }) =>
      lineOf([
        String(fileRows[row] ?? row + 1),
        shownText(ticket.subject, ticket.body),
        ticket.category ?? '(out of scope)',
        category,
        confidence.toFixed(3),
        abstained ? 'yes' : 'no',
        ticket.group ?? '',
        languageOf(ticket),
      ]),
    );
  return `\ufeff${lineOf(header)}${lines.join('')}`;
}

function shownText(subject: string, body: string): string {
  const text = (subject === '' || subject === body ? body : `${subject} | ${body}`).replace(/\s+/g, ' ').trim();
  const signs = [...text.slice(0, 4 * longestText)];
  return signs.length <= longestText ? signs.join('') : `${signs.slice(0, longestText - 1).join('')}…`;
}

const lineOf = (fields: readonly string[]) => `${fields.map(fieldOf).join(',')}\r\n`;

/** A text that a spreadsheet would take for a formula is made a text by an apostrophe. */
function fieldOf(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
