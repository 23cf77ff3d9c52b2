import { joinLines, type PdfFonts, pdfBlocks } from './pdf-blocks.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { PageStart } from './types.ts';

/**
 * The pages as one text. A sentence or a table that a page cuts goes on: its page then begins within it, and the rows
 * keep the head of the page before.
 */
export function joinPages(pages: readonly PdfLine[][], fonts: PdfFonts): { text: string; pages: PageStart[] } {
  const starts: PageStart[] = [];
  let text = '';
  let last = '';
  pages.forEach((lines, i) => {
    const [first, ...rest] = pdfBlocks(lines, fonts);
    if (first === undefined) return;
    const joined = continueBlock(last, first);
    text =
      joined === null
        ? `${text}${text === '' ? '' : '\n\n'}`
        : text.slice(0, text.length - joined.dropped) + joined.glue;
    starts.push({ page: i + 1, offset: text.length });
    text += [joined?.text ?? first, ...rest].join('\n\n');
    last = rest.at(-1) ?? (joined !== null && isTable(first) ? `${headOf(last)}\n${joined.text}` : first);
  });
  return { text: `${text}\n`, pages: starts };
}

interface Continued {
  /** Letters at the end of the text so far that go (a hyphen). */
  readonly dropped: number;
  readonly glue: string;
  readonly text: string;
}

/** How the first block of a page goes on with the last one of the page before; null: it does not. */
function continueBlock(last: string, first: string): Continued | null {
  if (isTable(last) && isTable(first)) {
    if (columnsOf(last) !== columnsOf(first)) return null;
    const [head, , ...rows] = first.split('\n');
    const more = head === last.split('\n', 1)[0] ? rows : [head!, ...rows];
    return { dropped: 0, glue: '\n', text: more.join('\n') };
  }
  if (!isProse(last) || !/[\p{Ll},-]$/u.test(last) || !/^\p{Ll}/u.test(first)) return null;
  const joined = joinLines(last, first);
  const dropped = Math.max(0, last.length + first.length - joined.length);
  return { dropped, glue: ' '.repeat(Math.max(0, joined.length - last.length - first.length)), text: first };
}

const isTable = (block: string): boolean => block.startsWith('| ');
const isProse = (block: string): boolean => !/^(?:$|[#|])/.test(block);
const headOf = (table: string): string => table.split('\n', 2).join('\n');
const columnsOf = (table: string): number => table.split('\n', 2)[1]!.split('|').length;
