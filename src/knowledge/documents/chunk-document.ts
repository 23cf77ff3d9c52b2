import { splitSentences } from '../../ml/index.ts';
import { type Block, markdownBlocks, plainBlocks } from './markdown-blocks.ts';

export interface Chunk {
  /** From 0, without gaps. */
  readonly position: number;
  /** Headings from the document's title down, joined by " › ". */
  readonly heading: string;
  readonly text: string;
  /** How customers ask for this section, as its author noted; never part of the text. */
  readonly asked: readonly string[];
  /** Page of a PDF on which it begins, from 1; null where there are no pages. */
  readonly page: number | null;
}

export interface ChunkLimits {
  /** Words from which a section is divided. */
  readonly most: number;
  /** A last piece of fewer words goes to the one before, if that stays below `most` × 1.2. */
  readonly least: number;
}

export const chunkLimits: ChunkLimits = { most: 250, least: 60 };
export const headingSeparator = ' › ';

export interface DocumentToChunk {
  readonly title: string;
  readonly text: string;
  readonly contentType: string;
  /** Where pages begin in the text; absent or null: it has none. */
  readonly pages?: readonly { readonly page: number; readonly offset: number }[] | null;
}

/**
 * Divides a document into chunks: one a heading, long sections into several at paragraphs, lists and tables
 * whole where possible (a table that must be divided repeats its head). No line is lost: each stands in the
 * text of a chunk or in its path of headings. Linear in the length of the text.
 */
export function chunkDocument(document: DocumentToChunk, limits: ChunkLimits = chunkLimits): Chunk[] {
  return [...chunksIn(document, limits)];
}

/** The same one by one: a book's are made between turns of the event loop. */
export function* chunksIn(document: DocumentToChunk, limits: ChunkLimits = chunkLimits): Generator<Chunk> {
  const blocks = document.contentType === 'text/plain' ? plainBlocks(document.text) : markdownBlocks(document.text);
  const pageOf = pagesByLine(document);
  let position = 0;
  for (const section of sectionsOf(document.title, blocks)) {
    const heading = section.path.join(headingSeparator);
    for (const { text, at } of divide(section.blocks, limits))
      yield { position: position++, heading, text, asked: section.asked, page: pageOf(at) };
  }
}

/** The page on which a line begins; lines are asked for in their order. */
function pagesByLine({ text, pages }: DocumentToChunk): (line: number) => number | null {
  if (!pages || pages.length === 0) return () => null;
  let line = 0;
  let offset = 0;
  let at = 0;
  return (wanted) => {
    for (; line < wanted; line++) offset = text.indexOf('\n', offset) + 1;
    while (at + 1 < pages.length && pages[at + 1]!.offset <= offset) at++;
    return pages[at]!.page;
  };
}

interface Section {
  readonly path: readonly string[];
  readonly blocks: Block[];
  readonly asked: string[];
}

/** One section a heading. A heading with nothing below it, not even another heading, is kept as its own text. */
function* sectionsOf(title: string, blocks: Iterable<Block>): Generator<Section> {
  let above: { level: number; words: string; at: number }[] = [];
  let open: Section = { path: [title], blocks: [], asked: [] };
  const keepChildless = (nextLevel: number) => {
    const last = above.at(-1);
    if (open.blocks.length > 0 || last === undefined || nextLevel > last.level) return;
    open.blocks.push({ kind: 'paragraph', level: 0, lines: [last.words], at: last.at });
  };
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      if (block.kind === 'asked') open.asked.push(...block.lines);
      else open.blocks.push(block);
      continue;
    }
    keepChildless(block.level);
    if (open.blocks.length > 0) yield open;
    const words = block.lines[0]!;
    above = [...above.filter((h) => h.level < block.level), { level: block.level, words, at: block.at }];
    open = { path: pathOf(title, above), blocks: [], asked: [] };
  }
  keepChildless(0);
  if (open.blocks.length > 0) yield open;
}

function pathOf(title: string, above: readonly { words: string }[]): string[] {
  const words = above.map((h) => h.words);
  return words[0]?.toLowerCase() === title.toLowerCase() ? [title, ...words.slice(1)] : [title, ...words];
}

const countWords = (text: string) => text.split(/\s+/).filter((w) => w !== '').length;

interface Unit {
  text: string;
  /** Line of the document on which it begins. */
  readonly at: number;
}

/** Packs blocks into texts of at most `most` words; a line that ends in ":" stays with the list below it. */
function divide(blocks: readonly Block[], limits: ChunkLimits): Unit[] {
  const units = joinLeads(
    blocks.flatMap((block) => unitsOf(block, limits.most).map((text) => ({ text, at: block.at }))),
  );
  const packed: (Unit & { words: number })[] = [];
  for (const { text, at } of units) {
    const words = countWords(text);
    const last = packed.at(-1);
    if (last && last.words + words <= limits.most) {
      last.text += `\n\n${text}`;
      last.words += words;
    } else packed.push({ text, words, at });
  }
  const tail = packed.at(-1);
  const before = packed.at(-2);
  if (tail && before && tail.words < limits.least && before.words + tail.words <= limits.most * 1.2) {
    before.text += `\n\n${tail.text}`;
    packed.pop();
  }
  return packed;
}

function joinLeads(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    if (last?.text.endsWith(':') && countWords(last.text) <= 40) last.text = `${last.text}\n\n${unit.text}`;
    else joined.push({ ...unit });
  }
  return joined;
}

/** The block's text, or pieces of it when it is too long by itself. */
function unitsOf(block: Block, most: number): string[] {
  const text = block.lines.join('\n').replace(/^\n+/, '').trimEnd();
  if (countWords(text) <= most) return [text];
  if (block.kind === 'paragraph')
    return pack(
      splitSentences(text).map((s) => s.text),
      ' ',
      most,
    );
  if (block.kind === 'table') {
    const headed = /^[\s|:-]+$/.test(block.lines[1] ?? '');
    const head = headed ? block.lines.slice(0, 2).join('\n') : '';
    const rows = pack(block.lines.slice(headed ? 2 : 0), '\n', most);
    return headed ? rows.map((rowText) => `${head}\n${rowText}`) : rows;
  }
  return pack(
    block.lines.filter((line) => line.trim() !== ''),
    '\n',
    most,
  );
}

/** Joins neighbours up to `most` words; a piece that is longer by itself is cut between words. */
function pack(pieces: readonly string[], glue: string, most: number): string[] {
  const packed: { text: string; words: number }[] = [];
  for (const piece of pieces.flatMap((whole) => cut(whole, most))) {
    const words = countWords(piece);
    const last = packed.at(-1);
    if (last && last.words + words <= most) {
      last.text += glue + piece;
      last.words += words;
    } else packed.push({ text: piece, words });
  }
  return packed.map((p) => p.text);
}

function cut(piece: string, most: number): string[] {
  if (countWords(piece) <= most) return [piece];
  const words = piece.split(/(?<=\s)(?=\S)/);
  const texts: string[] = [];
  for (let i = 0; i < words.length; i += most)
    texts.push(
      words
        .slice(i, i + most)
        .join('')
        .trimEnd(),
    );
  return texts;
}
