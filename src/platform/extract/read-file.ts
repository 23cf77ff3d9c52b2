import { htmlToMarkdown } from './html-to-markdown.ts';
import { readDocx } from './read-docx.ts';
import { readPdf } from './read-pdf.ts';
import { readText } from './read-text.ts';
import { type Extraction, extractLimits, type ReadableType, type Unreadable, unreadable } from './types.ts';

/** Reads a file whose kind is known; runs in the worker, as PDF, DOCX and HTML take as long as their authors please. */
export async function readFile(kind: ReadableType, bytes: Uint8Array): Promise<Extraction | Unreadable> {
  const read = await readKind(kind, bytes);
  return read.ok ? checkText(read) : read;
}

async function readKind(kind: ReadableType, bytes: Uint8Array): Promise<Extraction | Unreadable> {
  if (kind === 'application/pdf') return readPdf(bytes);
  if (kind === 'text/html') return readHtml(bytes);
  if (kind === 'text/markdown' || kind === 'text/plain') return readPlain(kind, bytes);
  return readDocx(bytes);
}

export function readPlain(kind: 'text/markdown' | 'text/plain', bytes: Uint8Array): Extraction | Unreadable {
  const text = readText(bytes, false);
  return typeof text === 'string' ? { ok: true, contentType: kind, title: null, text, pages: null } : text;
}

function readHtml(bytes: Uint8Array): Extraction | Unreadable {
  const html = readText(bytes, true);
  if (typeof html !== 'string') return html;
  if (depthOf(html) > deepest) return unreadable('The page is nested too deeply to be read. Save it as text.');
  return { ok: true, contentType: 'text/html', ...htmlToMarkdown(html), pages: null };
}

/** The reader looks at the text of each element as a whole: 50,000 elements within one another take it minutes. */
const deepest = 500;

/** Of elements that must be closed; others (a paragraph, an item) close themselves. */
function depthOf(html: string): number {
  let depth = 0;
  let most = 0;
  for (const [, slash] of html.matchAll(
    /<(\/?)(?:div|span|table|ul|ol|blockquote|section|article|font|b|i|em|strong)\b/gi,
  )) {
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
    most = Math.max(most, depth);
  }
  return most;
}

export function checkText(read: Extraction): Extraction | Unreadable {
  const { length } = read.text;
  if (read.text.trim() === '') return unreadable('The file holds no text.');
  if (length > extractLimits.characters) {
    const [has, most] = [length, extractLimits.characters].map((n) => n.toLocaleString('en'));
    return unreadable(`The file holds ${has} characters of text; at most ${most} are read. Split it.`);
  }
  // PostgreSQL stores neither; a PDF with a broken font has them.
  return { ...read, text: read.text.replaceAll('\u0000', '').toWellFormed() };
}
