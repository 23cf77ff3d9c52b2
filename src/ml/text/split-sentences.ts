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
  let fenced = false;
  let paragraph: { start: number; end: number } | null = null;
  const flush = () => {
    if (paragraph) splitProse(text, paragraph.start, paragraph.end, 'sentence', found);
    paragraph = null;
  };
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end).trim();
    if (/^(?:```|~~~)/.test(content)) {
      flush();
      fenced = !fenced;
    } else if (fenced) {
      if (content !== '') push(found, text, line.start, line.end, 'code');
    } else if (content === '') flush();
    else if (/^\|.*\|$/.test(content)) {
      flush();
      if (!/^\|[\s:|-]+\|$/.test(content)) push(found, text, line.start, line.end, 'row');
    } else if (isItem(content)) {
      flush();
      const marker = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/.exec(text.slice(line.start, line.end))![0];
      splitProse(text, line.start + marker.length, line.end, 'item', found);
    } else paragraph = { start: paragraph?.start ?? line.start, end: line.end };
  }
  flush();
  return found;
}

const isItem = (content: string) => /^(?:[-*+•]|\d{1,3}[.)])\s+\S/.test(content);

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  while (start <= text.length) {
    const at = text.indexOf('\n', start);
    const end = at === -1 ? text.length : at;
    yield { start, end };
    start = end + 1;
  }
}

function push(found: Sentence[], text: string, start: number, end: number, kind: Sentence['kind']): void {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  if (end > start) found.push({ text: text.slice(start, end), start, end, kind });
}

const terminator = /[.!?…]+["'”’“»)\]*_]*(?=\s|$)/gu;

function splitProse(text: string, start: number, end: number, kind: Sentence['kind'], found: Sentence[]) {
  const piece = text.slice(start, end);
  let from = 0;
  for (const match of piece.matchAll(terminator)) {
    const after = match.index + match[0].length;
    if (!endsSentence(piece, match.index, after, match[0])) continue;
    push(found, text, start + from, start + after, kind);
    from = after;
  }
  push(found, text, start + from, end, kind);
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

const spaced =
  /(?:^|[\s(])(?:z\.\s?b|u\.\s?a|d\.\s?h|i\.\s?d\.\s?r|o\.\s?ä|s\.\s?[ou]|v\.\s?a|z\.\s?t|u\.\s?u)$/iu;

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
