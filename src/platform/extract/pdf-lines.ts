/** A piece of text as a PDF places it; lengths in points, y upwards from the foot of the page. */
export interface PdfItem {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface PdfCell {
  readonly text: string;
  readonly x: number;
  readonly end: number;
}

/** Pieces on one base line; cells are parted by gaps that no space between words has. */
export interface PdfLine {
  readonly cells: readonly PdfCell[];
  readonly y: number;
  readonly size: number;
}

/** Gaps in letter heights: below the first letters touch, from the second on it is another cell. Justified text has 0.6. */
const gaps = { word: 0.12, cell: 0.9 };

/**
 * Puts pieces together to lines in the order in which the file holds them, which is the order of reading in nearly
 * all files (two columns of a page among them). Linear.
 */
export function pdfLines(items: readonly PdfItem[]): PdfLine[] {
  const lines: PdfItem[][] = [];
  for (const item of items) {
    const last = lines.at(-1)?.at(-1);
    if (last && continuesLine(last, item)) lines.at(-1)!.push(item);
    else if (item.text.trim() !== '') lines.push([item]);
  }
  return lines.map(lineOf);
}

/** A raised figure (a footnote's mark) is of the line; a piece further left is not. */
function continuesLine(last: PdfItem, item: PdfItem): boolean {
  const size = Math.max(last.size, item.size);
  return Math.abs(item.y - last.y) < 0.4 * size && item.x >= last.x + last.width - size;
}

function lineOf(items: readonly PdfItem[]): PdfLine {
  const cells: { text: string; x: number; end: number }[] = [];
  for (const item of items) {
    const last = cells.at(-1);
    const end = item.x + item.width;
    const gap = last ? (item.x - last.end) / item.size : Number.POSITIVE_INFINITY;
    // A blank piece only moves on: its width may be that of a whole gap between cells.
    if (item.text.trim() === '') {
      if (last && gap < gaps.cell && item.width < gaps.cell * item.size) [last.text, last.end] = [`${last.text} `, end];
    } else if (last && gap < gaps.cell) {
      last.text += gap > gaps.word ? ` ${item.text}` : item.text;
      last.end = end;
    } else cells.push({ text: item.text, x: item.x, end });
  }
  const widest = items.reduce((best, item) => (item.text.length > best.text.length ? item : best));
  return {
    cells: cells.map((cell) => ({ ...cell, text: cell.text.replace(/\s+/g, ' ').trim() })),
    y: items[0]!.y,
    size: widest.size,
  };
}

export const lineText = (line: PdfLine): string => line.cells.map((cell) => cell.text).join(' ');
