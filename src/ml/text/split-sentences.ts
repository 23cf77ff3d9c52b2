/** A sentence, list item or table row of a text: `text.slice(start, end)`, without surrounding white space. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'sentence' | 'item' | 'row' | 'code';
}

/** Abbreviations that a sentence hardly ever ends with, without their last point, lower case. */
const abbreviations = new Set(
  (
    'z.b u.a d.h i.d.r o.ä u.ä s.o s.u v.a m.e i.a z.t u.u ggf evtl bzw ca inkl exkl zzgl abzgl vgl nr art abs ' +
    'str tel max min mind usw. dr prof hr fr hrn st bspw sog gem lt allg zw bzgl lfd ' +
    'e.g i.e a.k.a approx vs mr mrs ms jr sr no fig vol dept est ext inc ltd cf al p pp vat.no'
  ).split(' '),
);
/** Those that may end a sentence too: they split only before a capital. */
const endable = new Set(['usw', 'etc', 'gmbh', 'co', 'u.s.w', 'p.m', 'a.m', 'uhr']);

/**
 * Splits English or German prose, Markdown lists and Markdown tables into sentences. Knows abbreviations
 * ("z. B.", "e.g."), numbers ("1.000", "9.90", "Nr. 5", "am 3. Mai"), addresses ("quillhaven.example") and
 * closing quotes. A list item or table row is never joined with its neighbours; the line under a table's head
 * is left out. Linear in the length of the text.
 */
export function splitSentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  for (const block of blocksOf(text)) {
    if (block.kind === 'row' || block.kind === 'code') push(found, text, block);
    else splitProse(text, block, found);
  }
  return found;
}

interface Block {
  readonly kind: Sentence['kind'];
  readonly start: number;
  end: number;
}

const itemMarker = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)/;

/** Paragraphs, items, rows and lines of code. A line below an item or a paragraph goes on with it. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  let fenced = false;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    const kind = classify(line, fenced);
    if (kind === 'fence') fenced = !fenced;
    if (kind === 'sentence' && open) {
      open.end = end;
      continue;
    }
    open = null;
    if (kind === 'blank' || kind === 'fence' || kind === 'rule') continue;
    const marker = kind === 'item' ? itemMarker.exec(line)![0].length : 0;
    const block: Block = { kind, start: start + marker, end };
    blocks.push(block);
    if (kind === 'sentence' || kind === 'item') open = block;
  }
  return blocks;
}

function classify(line: string, fenced: boolean): Sentence['kind'] | 'fence' | 'blank' | 'rule' {
  const content = line.trim();
  if (/^(?:```|~~~)/.test(content)) return 'fence';
  if (content === '') return 'blank';
  if (fenced) return 'code';
  if (/^\|[\s:|-]+\|$/.test(content)) return 'rule';
  if (/^\|.*\|$/.test(content)) return 'row';
  return itemMarker.test(line) ? 'item' : 'sentence';
}

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  while (start <= text.length) {
    const at = text.indexOf('\n', start);
    const end = at === -1 ? text.length : at;
    yield { start, end };
    start = end + 1;
  }
}

function push(found: Sentence[], text: string, block: Block): void {
  let { start, end } = block;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  if (end > start) found.push({ text: text.slice(start, end), start, end, kind: block.kind });
}

// Tried once for each run of marks: from each mark of 20,000 it took 1.7 s.
const terminator = /(?<![.!?…])[.!?…]+["'”’“»)\]*_]*(?=\s|$)/gu;

function splitProse(text: string, block: Block, found: Sentence[]): void {
  const piece = text.slice(block.start, block.end);
  let from = 0;
  for (const match of piece.matchAll(terminator)) {
    const after = match.index + match[0].length;
    if (!endsSentence(piece, match.index, after, match[0])) continue;
    push(found, text, { kind: block.kind, start: block.start + from, end: block.start + after });
    from = after;
  }
  push(found, text, { kind: block.kind, start: block.start + from, end: block.end });
}

/** Whether the mark at `at` (the text goes on at `after`) ends a sentence. */
function endsSentence(piece: string, at: number, after: number, mark: string): boolean {
  const next = /^\s*["'“„»(*_]*(\S)/u.exec(piece.slice(after, after + 12))?.[1];
  if (next === undefined) return true;
  if (!mark.startsWith('.') || mark.startsWith('..')) return !/\p{Ll}/u.test(next);
  const before = /[\p{L}\p{N}.]*$/u.exec(piece.slice(Math.max(0, at - 24), at))![0];
  const word = before.toLowerCase();
  if (endable.has(word)) return !/\p{Ll}/u.test(next);
  if (abbreviations.has(word) || isSpacedAbbreviation(piece, at)) return false;
  // A single letter: an initial, or one half of "z. B."
  if (/^\p{L}$/u.test(before)) return false;
  if (/^\d{1,2}$/.test(before) && isOrdinal(piece, after)) return false;
  return !/\p{Ll}/u.test(next);
}

const spaced = /(?:^|[\s(])(?:z\.\s?b|u\.\s?a|d\.\s?h|i\.\s?d\.\s?r|o\.\s?ä|s\.\s?[ou]|v\.\s?a|z\.\s?t|u\.\s?u)$/iu;

function isSpacedAbbreviation(piece: string, at: number): boolean {
  return spaced.test(piece.slice(Math.max(0, at - 12), at));
}

/** "3. Mai", "am 1. und 15.", "2. Mahnung"? Only months and lower case say so; a number may end a sentence. */
function isOrdinal(piece: string, after: number): boolean {
  const next = /^\s+([\p{L}]+)/u.exec(piece.slice(after, after + 24))?.[1];
  if (next === undefined) return false;
  return /^\p{Ll}/u.test(next) || monthNames.has(next.toLowerCase());
}

const monthNames = new Set(
  (
    'januar januari january februar february märz march april mai may juni june juli july august september ' +
    'oktober october november dezember december jan feb apr jun jul aug sep sept okt oct nov dez dec'
  ).split(' '),
);
