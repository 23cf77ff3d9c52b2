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
}

export interface ChunkLimits {
  /** Words from which a section is divided. */
  readonly most: number;
  /** A last piece of fewer words goes to the one before, if that stays below `most` × 1.2. */
  readonly least: number;
}

export const chunkLimits: ChunkLimits = { most: 250, least: 60 };
export const headingSeparator = ' › ';

/**
 * Divides a document into chunks: one a heading, long sections into several at paragraphs, lists and tables
 * whole where possible (a table that must be divided repeats its head). No line is lost: each stands in the
 * text of a chunk or in its path of headings. Linear in the length of the text.
 */
export function chunkDocument(
  document: { readonly title: string; readonly text: string; readonly contentType: string },
  limits: ChunkLimits = chunkLimits,
): Chunk[] {
  const blocks = document.contentType === 'text/markdown' ? markdownBlocks(document.text) : plainBlocks(document.text);
  const pieces = sectionsOf(document.title, blocks).flatMap((section) =>
    divide(section.blocks, limits).map((text) => ({
      heading: section.path.join(headingSeparator),
      text,
      asked: section.asked,
    })),
  );
  return pieces.map((piece, position) => ({ position, ...piece }));
}

interface Section {
  readonly path: readonly string[];
  readonly blocks: Block[];
  readonly asked: string[];
}

/** One section a heading. A heading with nothing below it, not even another heading, is kept as its own text. */
function sectionsOf(title: string, blocks: readonly Block[]): Section[] {
  const sections: Section[] = [];
  let above: { level: number; words: string }[] = [];
  let open: Section = { path: [title], blocks: [], asked: [] };
  const close = (nextLevel: number) => {
    const last = above.at(-1);
    const childless = last !== undefined && nextLevel <= last.level;
    if (open.blocks.length === 0 && childless) open.blocks.push({ kind: 'paragraph', level: 0, lines: [last.words] });
    if (open.blocks.length > 0) sections.push(open);
  };
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      if (block.kind === 'asked') open.asked.push(...block.lines);
      else open.blocks.push(block);
      continue;
    }
    close(block.level);
    above = [...above.filter((h) => h.level < block.level), { level: block.level, words: block.lines[0]! }];
    open = { path: pathOf(title, above), blocks: [], asked: [] };
  }
  close(0);
  return sections;
}

function pathOf(title: string, above: readonly { words: string }[]): string[] {
  const words = above.map((h) => h.words);
  return words[0]?.toLowerCase() === title.toLowerCase() ? [title, ...words.slice(1)] : [title, ...words];
}

const countWords = (text: string) => text.split(/\s+/).filter((w) => w !== '').length;

/** Packs blocks into texts of at most `most` words; a line that ends in ":" stays with the list below it. */
function divide(blocks: readonly Block[], limits: ChunkLimits): string[] {
  const units = joinLeads(blocks.flatMap((block) => unitsOf(block, limits.most)));
  const packed: { text: string; words: number }[] = [];
  for (const text of units) {
    const words = countWords(text);
    const last = packed.at(-1);
    if (last && last.words + words <= limits.most) {
      last.text += `\n\n${text}`;
      last.words += words;
    } else packed.push({ text, words });
  }
  const tail = packed.at(-1);
  const before = packed.at(-2);
  if (tail && before && tail.words < limits.least && before.words + tail.words <= limits.most * 1.2) {
    before.text += `\n\n${tail.text}`;
    packed.pop();
  }
  return packed.map((p) => p.text);
}

function joinLeads(units: readonly string[]): string[] {
  const joined: string[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    if (last?.endsWith(':') && countWords(last) <= 40) joined[joined.length - 1] = `${last}\n\n${unit}`;
    else joined.push(unit);
  }
  return joined;
}

/** The block's text, or pieces of it when it is too long by itself. */
function unitsOf(block: Block, most: number): string[] {
  const text = block.lines.join('\n').replace(/^\n+|\s+$/g, '');
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
