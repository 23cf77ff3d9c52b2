import { SignalboxError } from '../ticket/index.ts';
import { balanceOf, type TriageReport } from '../triage/index.ts';
import { count, many, percent } from './figures.ts';
import type { LabelledFile } from './labelled-tickets.ts';

type Balance = TriageReport['balance'];

interface Checked {
  readonly source: string;
  readonly file: LabelledFile;
  readonly balance: Balance;
  readonly options: {
    readonly label: string;
    readonly cv: number;
    readonly outOfScope?: string;
    /** Labels may be mapped to nothing. */
    readonly map?: string;
  };
}

/** More categories than this are no categories, or need more memory than a model should take. */
const mostCategories = 1000;

/** @throws `training-data` when the column cannot be learned, with what is wrong with it */
export function refuseUnlearnable({ source, file, balance, options }: Checked): void {
  const column = JSON.stringify(options.label);
  const refuse = (words: string) => new SignalboxError('training-data', words);
  const seen = file.labelled + file.leftOut + file.badRows;
  if (seen === 0) throw refuse(`${source} has a header and no rows.`);
  if (file.badRows === seen)
    throw refuse(`${source} has no row that can be read: ${many(seen, 'bad row')}, told above. Nothing was learned.`);
  if (balance.length < 2) {
    const found = balance.length === 0 ? 'no' : 'one';
    throw refuse(`${source} has ${found} category in the column ${column}; there is nothing to tell apart.`);
  }
  const rows = balance.reduce((sum, one) => sum + one.rows, 0);
  // Below fifty labels a small sample of a real column may look like that.
  if (balance.length > mostCategories || (balance.length > 50 && balance.length > rows / 2)) {
    const example = JSON.stringify(balance[0]!.label.slice(0, 40));
    throw refuse(
      `The column ${column} of ${source} has ${count(balance.length)} different values in ${count(rows)} rows (${example}, …): that is no column of categories. At most ${count(mostCategories)} can be learned, with two rows each on average; name another column with --label.`,
    );
  }
  if (file.tickets.length < 2 * options.cv)
    throw refuse(
      `${source} has ${file.tickets.length} labelled tickets, too few for ${options.cv} parts. Give more, or fewer parts with --cv.`,
    );
}

/** What a person should know of the labels before trusting figures. One sentence each. */
export function labelWarnings({ file, balance, options }: Omit<Checked, 'source'>): string[] {
  return [
    ...garbledWords(file),
    ...leftOutWords(file, options),
    ...scopeWords(file, options),
    ...variantWords(balance),
    ...rareWords(balance, options.cv),
    ...largeWords(balance),
  ];
}

function garbledWords({ garbled }: LabelledFile): string[] {
  if (garbled.rows === 0) return [];
  return [
    `Letters in a wrong encoding ("fÃ¼r" for "für") in ${many(garbled.rows, 'row')}, the first on line ${garbled.line}. Unless these customers quote such letters, the file mixes encodings or was converted twice, and what the model learns of the words is wrong: export it anew as UTF-8.`,
  ];
}

function leftOutWords({ leftOut, labelled }: LabelledFile, { label, map }: Checked['options']): string[] {
  const all = leftOut + labelled;
  if (all === 0 || leftOut / all < 0.1) return [];
  const nothing = map === undefined ? 'nothing' : 'nothing, or a label that is mapped to nothing,';
  return [
    `${count(leftOut)} of ${count(all)} rows (${percent(leftOut / all)}) have ${nothing} in the column ${JSON.stringify(label)} and are left out. If they are tickets nobody could place, the figures flatter.`,
  ];
}

/** A label that was mistyped would pass for a category that nobody has. */
function scopeWords({ tickets }: LabelledFile, { label, outOfScope }: Checked['options']): string[] {
  if (outOfScope === undefined || tickets.some(({ category }) => category === null)) return [];
  return [
    `No row has the label ${JSON.stringify(outOfScope)} of --out-of-scope in the column ${JSON.stringify(label)}; labels are compared to the letter.`,
  ];
}

const mostNamed = 5;

const normalised = (label: string) =>
  label
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

function variantWords(balance: Balance): string[] {
  const spellings = new Map<string, Balance[number][]>();
  for (const one of balance)
    spellings.set(normalised(one.label), [...(spellings.get(normalised(one.label)) ?? []), one]);
  const several = [...spellings.values()].filter((same) => same.length > 1);
  if (several.length === 0) return [];
  const shown = several.slice(0, mostNamed).map((same) => {
    return same.map(({ label, rows }) => `${JSON.stringify(label)} (${many(rows, 'row')})`).join(' and ');
  });
  const more = several.length > mostNamed ? `; and ${several.length - mostNamed} more` : '';
  return [
    `Labels that differ only in capitals, blanks, hyphens or underscores are learned as different categories: ${shown.join('; ')}${more}. Make them one in the file if they are meant as one.`,
  ];
}

function rareWords(balance: Balance, parts: number): string[] {
  const named = (found: Balance) => {
    const names = found.slice(0, mostNamed).map(({ label, rows }) => `${JSON.stringify(label)} (${rows})`);
    return names.join(', ') + (found.length > mostNamed ? ` and ${found.length - mostNamed} more` : '');
  };
  const single = balance.filter(({ rows }) => rows === 1);
  const few = balance.filter(({ rows }) => rows > 1 && rows < parts);
  return [
    ...(single.length === 0
      ? []
      : [
          `One row only: ${named(single)}. Such a category is learned, but whoever is asked about its row has never seen another, so it always counts as wrong. Give more rows, or map it to another category.`,
        ]),
    ...(few.length === 0
      ? []
      : [`Fewer rows than the ${parts} parts: ${named(few)}. Some parts hold none of them; their scores say little.`]),
  ];
}

function largeWords(balance: Balance): string[] {
  const largest = balance[0];
  if (largest === undefined || largest.share < 0.8) return [];
  return [
    `${JSON.stringify(largest.label)} is ${percent(largest.share)} of all rows: accuracy says little here, look at macro-F1.`,
  ];
}

/** Rows per category, before the training: the largest, the smallest, and how many there are. */
export function describeBalance(tickets: LabelledFile['tickets']): { balance: Balance; words: string } {
  const balance = balanceOf(tickets);
  const largest = balance[0];
  const smallest = balance.at(-1);
  if (largest === undefined || smallest === undefined) return { balance, words: '' };
  const shown = balance
    .slice(0, 12)
    .map(
      ({ label, rows, share }) => `  ${count(rows).padStart(9)}  ${percent(share).padStart(6)}  ${shortName(label)}`,
    );
  if (balance.length > 12)
    shown.push(
      `  … and ${many(balance.length - 12, 'more category', 'more categories')}, down to ${many(smallest.rows, 'row')}`,
    );
  return {
    balance,
    words: `${many(balance.length, 'category', 'categories')}; always saying ${JSON.stringify(shortName(largest.label))} would be right in ${percent(largest.share)}:\n${shown.join('\n')}`,
  };
}

/** On one line; nothing in it moves the cursor or changes colours. */
export function shortName(label: string, most = 40): string {
  const line = label.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
