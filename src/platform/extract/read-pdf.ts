import { getDocumentProxy } from 'unpdf';
import { joinPages } from './join-pages.ts';
import { measureFonts, roundSize } from './pdf-blocks.ts';
import { lineText, type PdfItem, type PdfLine, pdfLines } from './pdf-lines.ts';
import { type Extraction, extractLimits, type Unreadable, unreadable } from './types.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Reads the text of a PDF page by page; what cannot be read is told in words. Never throws. */
export async function readPdf(bytes: Uint8Array): Promise<Extraction | Unreadable> {
  if (isCutOff(bytes)) return unreadable('The PDF is cut off: its end is missing. Get the file again.');
  let pdf: PdfDocument;
  try {
    pdf = await getDocumentProxy(bytes, { verbosity: 0, stopAtErrors: false });
  } catch (error) {
    return unreadable(problemOf(error));
  }
  try {
    return await readPages(pdf);
  } catch (error) {
    return unreadable(problemOf(error));
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** The reader would repair such a file and hand over a part of it as if it were all. */
function isCutOff(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-4_096).toString('latin1');
  return !tail.includes('%%EOF') && !tail.includes('startxref');
}

function problemOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return 'The PDF is protected by a password. Save it without one and give it again.';
  return 'The PDF is damaged and cannot be read. Save it again from the program that made it.';
}

async function readPages(pdf: PdfDocument): Promise<Extraction | Unreadable> {
  const pages: PdfLine[][] = [];
  const letters = new Map<number, number>();
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const lines = pdfLines(await readItems(pdf, number));
    for (const line of lines) {
      const { length } = lineText(line);
      letters.set(roundSize(line.size), (letters.get(roundSize(line.size)) ?? 0) + length);
      characters += length;
    }
    if (characters > extractLimits.characters) return tooLong();
    pages.push(lines);
  }
  if (characters === 0)
    return unreadable(
      `The PDF holds no text, only pictures (${pdf.numPages} ${pdf.numPages === 1 ? 'page' : 'pages'}). Run text recognition (OCR) over it and give it again.`,
    );
  const joined = joinPages(withoutFurniture(pages), measureFonts(letters));
  if (joined.text.length > extractLimits.characters) return tooLong();
  return { ok: true, contentType: 'application/pdf', title: await readTitle(pdf), ...joined };
}

const tooLong = () =>
  unreadable(`The PDF holds more than ${extractLimits.characters.toLocaleString('en')} characters of text. Split it.`);

/** Points; smaller letters are there to be read by programs only. */
const smallest = 1;

/** Words beside the page are seen by nobody. A word may begin a little outside of it. */
function isOnPage([left, foot, right, head]: readonly number[], { x, y }: { x: number; y: number }): boolean {
  return x > left! - 20 && x < right! + 20 && y > foot! - 20 && y < head! + 20;
}

async function readItems(pdf: PdfDocument, number: number): Promise<PdfItem[]> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const found: PdfItem[] = [];
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue;
    const [, , c, d, x, y] = item.transform as number[];
    const text = item.str.replace(/\p{Cc}/gu, ' ').normalize('NFKC');
    if (!isOnPage(page.view, { x: x!, y: y! }) || Math.hypot(c!, d!) < smallest) continue;
    found.push({ text, x: x!, y: y!, width: item.width, size: Math.hypot(c!, d!) || item.height || 10 });
  }
  page.cleanup();
  return found;
}

async function readTitle(pdf: PdfDocument): Promise<string | null> {
  const { info } = await pdf.getMetadata();
  const title = (info as Record<string, unknown>)['Title'];
  const words = typeof title === 'string' ? title.replace(/\s+/g, ' ').trim() : '';
  // Programs put the name of their own file there.
  return words === '' || words.length > 200 || /^(?:untitled|microsoft word -|.*\.\w{2,5}$)/i.test(words)
    ? null
    : words;
}

const pageNumber = /^(?:[-–]\s*)?(?:(?:page|seite|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:\/|of|von)\s*\d{1,4})?(?:\s*[-–])?$/i;

/**
 * Drops page numbers and what stands word for word at the head or foot of most pages (its first place is kept). A line
 * that differs in so much as a figure stays: "Case 12" may be a heading.
 */
function withoutFurniture(pages: readonly PdfLine[][]): PdfLine[][] {
  if (pages.length < 4) return [...pages];
  const edges = new Map<string, number>();
  const edgesOf = (lines: readonly PdfLine[]) => new Set([0, 1, lines.length - 2, lines.length - 1]);
  for (const lines of pages) {
    const texts = new Set(
      [...edgesOf(lines)]
        .map((i) => lines[i])
        .filter((line) => line !== undefined)
        .map(lineText),
    );
    for (const text of texts) edges.set(text, (edges.get(text) ?? 0) + 1);
  }
  const numbered = pages.filter((lines) => [lines.at(0), lines.at(-1)].some((l) => l && pageNumber.test(lineText(l))));
  const hasNumbers = numbered.length > 0.6 * pages.length;
  const kept = new Set<string>();
  return pages.map((lines) => {
    const edge = edgesOf(lines);
    return lines.filter((line, i) => {
      const text = lineText(line);
      if (hasNumbers && (i === 0 || i === lines.length - 1) && pageNumber.test(text)) return false;
      if (!edge.has(i) || edges.get(text)! < 0.6 * pages.length) return true;
      if (kept.has(text)) return false;
      kept.add(text);
      return true;
    });
  });
}
