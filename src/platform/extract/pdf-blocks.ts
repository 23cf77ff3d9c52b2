import { tableLines } from './html-to-markdown.ts';
import { lineText, type PdfCell, type PdfLine } from './pdf-lines.ts';

/** What the whole document says about its letters. */
export interface PdfFonts {
  /** Size of the running text, in points. */
  readonly body: number;
  /** Sizes of headings, the largest first. */
  readonly headings: readonly number[];
}

/** By far larger than running text, and rare; two points in a hundred are noise of scaling. */
export function measureFonts(letters: ReadonlyMap<number, number>): PdfFonts {
  const all = [...letters].sort((a, b) => b[1] - a[1]);
  const body = all[0]?.[0] ?? 12;
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const headings = all.filter(([size, count]) => size >= body * 1.15 && count < 0.3 * total).map(([size]) => size);
  return { body, headings: headings.sort((a, b) => b - a) };
}

/** Sizes are compared in steps of half a point. */
export const roundSize = (size: number): number => Math.round(size * 2) / 2;

const bullet = /^[•◦‣▪●○*\u2013\u2014-]\s+(?=\S)/;
const numbered = /^\d{1,3}[.)]\s+\S/;

interface Open {
  kind: 'paragraph' | 'heading';
  level: number;
  text: string;
  last: PdfLine;
}

/**
 * The lines of one page as blocks of Markdown, in order: headings by size, lists by their marks, rows of equal columns
 * as tables, and lines that go on below one another as one paragraph (with words put together that were divided).
 */
export function pdfBlocks(lines: readonly PdfLine[], fonts: PdfFonts): string[] {
  const blocks: string[] = [];
  let open: Open | null = null;
  const close = () => {
    if (open) blocks.push(open.kind === 'heading' ? `${'#'.repeat(open.level)} ${open.text}` : open.text);
    open = null;
  };
  for (let i = 0; i < lines.length; ) {
    const rows = tableAt(lines, i);
    if (rows > 0) {
      close();
      blocks.push(tableLines(tableCells(lines.slice(i, i + rows))).join('\n'));
      i += rows;
      continue;
    }
    const line = lines[i++]!;
    const level = levelOf(line, fonts);
    if (open && goesOn(open, line, level)) extend(open, line);
    else {
      close();
      open = { kind: level > 0 ? 'heading' : 'paragraph', level, text: markList(lineText(line)), last: line };
    }
  }
  close();
  return joinLists(blocks);
}

/** More than four sizes are decoration. */
function levelOf(line: PdfLine, fonts: PdfFonts): number {
  if (lineText(line).length > 200) return 0;
  return Math.min(4, fonts.headings.indexOf(roundSize(line.size)) + 1);
}

function goesOn(open: Open, line: PdfLine, level: number): boolean {
  if (level !== open.level) return false;
  const text = lineText(line);
  if (bullet.test(text) || numbered.test(text)) return false;
  const drop = open.last.y - line.y;
  const size = Math.max(open.last.size, line.size);
  // Up again: the next column, where a sentence may go on.
  if (drop < 0) return /[\p{Ll},-]$/u.test(open.text) && /^\p{Ll}/u.test(text);
  return drop < 1.75 * size;
}

function extend(open: Open, line: PdfLine): void {
  open.text = joinLines(open.text, lineText(line));
  open.last = line;
}

/** "Rück-" and "sendung" are one word, "E-" and "Mail" keep their hyphen. */
export function joinLines(before: string, next: string): string {
  if (/\p{L}\u00ad$/u.test(before)) return before.slice(0, -1) + next;
  if (/\p{Ll}[-\u2010]$/u.test(before) && /^\p{Ll}/u.test(next) && !/^(?:und|oder|bzw|and|or)\b/.test(next))
    return before.slice(0, -1) + next;
  if (/\p{L}[-\u2010]$/u.test(before) && /^\p{L}/u.test(next) && !/^(?:und|oder|bzw|and|or)\b/.test(next))
    return before + next;
  return `${before} ${next}`;
}

const markList = (text: string): string => text.replace(bullet, '- ');

const isItem = (block: string): boolean => block.startsWith('- ') || numbered.test(block);

/** Items of one list stand below one another without a blank line. */
function joinLists(blocks: readonly string[]): string[] {
  const joined: string[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last !== undefined && isItem(block) && isItem(last)) joined[joined.length - 1] = `${last}\n${block}`;
    else joined.push(block);
  }
  return joined;
}

/** How many lines from `start` on are rows of one table: two at least, with columns that begin or end alike. */
function tableAt(lines: readonly PdfLine[], start: number): number {
  const first = lines[start]!;
  if (first.cells.length < 2 || bullet.test(`${first.cells[0]!.text} x`)) return 0;
  const columns = [...first.cells];
  let rows = 1;
  for (let at = start + 1; at < lines.length; at++, rows++) {
    const line = lines[at]!;
    const before = lines[at - 1]!;
    if (line.cells.length < 2 || before.y - line.y <= 0 || before.y - line.y > 5 * line.size) break;
    if (!standsIn(columns, line)) break;
    columns.push(...line.cells.filter((cell) => !columns.some((column) => sameColumn(column, cell, line.size))));
  }
  return rows >= 2 ? rows : 0;
}

const near = (a: number, b: number, size: number): boolean => Math.abs(a - b) < 0.6 * size;

const sameColumn = (a: PdfCell, b: PdfCell, size: number): boolean =>
  near(a.x, b.x, size) || near(a.end, b.end, size) || near((a.x + a.end) / 2, (b.x + b.end) / 2, size);

/** All cells but one stand in columns that are known by now, and two at least. */
function standsIn(columns: readonly PdfCell[], line: PdfLine): boolean {
  const known = line.cells.filter((cell) => columns.some((column) => sameColumn(column, cell, line.size)));
  return known.length >= 2 && known.length >= line.cells.length - 1;
}

/** Each cell goes to the column of the fullest row that it stands in; what has none goes to the nearest. */
function tableCells(lines: readonly PdfLine[]): string[][] {
  const widest = lines.reduce((best, line) => (line.cells.length > best.cells.length ? line : best));
  return lines.map((line) => {
    const row = widest.cells.map(() => '');
    for (const cell of line.cells) {
      const column = columnOf(widest, cell);
      const text = cell.text.replaceAll('|', '\\|');
      row[column] = row[column] === '' ? text : `${row[column]} ${text}`;
    }
    return row;
  });
}

function columnOf(widest: PdfLine, cell: PdfCell): number {
  const distances = widest.cells.map((column) =>
    Math.min(Math.abs(column.x - cell.x), Math.abs(column.end - cell.end)),
  );
  return distances.indexOf(Math.min(...distances));
}
