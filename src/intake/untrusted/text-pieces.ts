import { splitSentences } from '../../ml/index.ts';

/** A sentence, list item or line of code of a message. `text.slice(start, end)` is what it says. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How it is set apart from the piece before. */
  readonly border: 'none' | 'line' | 'paragraph';
  readonly code: boolean;
}

/** More pieces than this are read together with their neighbours, so that a text of 10,000 short lines takes no longer. */
const mostPieces = 400;

/** A line of this length may go on in the next one: programs break mails at 72 or 76. */
const fullLine = 56;

/**
 * Sentences with the borders between them. Other than in documents a line of a message is mostly a unit of its own:
 * greetings and names have no full stop. Linear in the length.
 */
export function splitPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let border: Piece['border'] = 'paragraph';
  for (const block of blocksOf(text)) {
    if (block.kind === 'blank') border = 'paragraph';
    if (block.kind === 'blank' || block.kind === 'fence') continue;
    const code = block.kind === 'code';
    for (const [i, { start, end }] of (code ? [wholeOf(block.text)] : sentencesOf(block.text)).entries()) {
      pieces.push({
        text: block.text.slice(start, end),
        start: block.start + start,
        end: block.start + end,
        border: i === 0 ? border : 'none',
        code,
      });
      border = 'line';
    }
  }
  return pieces.length <= mostPieces ? pieces : joinNeighbours(text, pieces);
}

function joinNeighbours(text: string, pieces: readonly Piece[]): Piece[] {
  const together = Math.ceil(pieces.length / mostPieces);
  const joined: Piece[] = [];
  for (let i = 0; i < pieces.length; i += together) {
    const some = pieces.slice(i, i + together);
    const { start, border } = some[0]!;
    const { end } = some.at(-1)!;
    joined.push({ text: text.slice(start, end), start, end, border, code: some.every(({ code }) => code) });
  }
  return joined;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const wholeOf = (text: string): Stretch => ({ start: 0, end: text.length });

/** Sentences, also where the next one begins with a small letter: whoever hangs on to a question writes as he likes. */
function sentencesOf(text: string): Stretch[] {
  // A word alone: 10,000 lines of them cost 30 ms otherwise.
  if (/^[\p{L}\p{N}]+$/u.test(text)) return [wholeOf(text)];
  return splitSentences(text).flatMap(({ start, end }) => {
    const found: Stretch[] = [];
    let from = start;
    for (const match of text.slice(start, end).matchAll(/(?:[?!]|(?<=\p{L}{4})\.)\s+(?=\p{Ll})/gu)) {
      const next = start + match.index + match[0].length;
      found.push({ start: from, end: start + match.index + match[0].trimEnd().length });
      from = next;
    }
    found.push({ start: from, end });
    return found;
  });
}

interface Block {
  readonly kind: 'text' | 'code' | 'fence' | 'blank';
  readonly start: number;
  readonly text: string;
}

function* blocksOf(text: string): Generator<Block> {
  let fenced = false;
  let open: { start: number; end: number } | null = null;
  const close = (): Block | null => {
    const done =
      open === null ? null : ({ kind: 'text', start: open.start, text: text.slice(open.start, open.end) } as const);
    open = null;
    return done;
  };
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end);
    const kind = kindOf(line, fenced);
    if (kind === 'fence') fenced = !fenced;
    if (kind === 'text' && open !== null && goesOn(text.slice(open.start, open.end), line)) {
      open = { start: open.start, end };
    } else {
      const done = close();
      if (done !== null) yield done;
      if (kind === 'text') open = { start, end };
      else yield { kind, start, text: line };
    }
    start = end + 1;
  }
  const last = close();
  if (last !== null) yield last;
}

function kindOf(line: string, fenced: boolean): Block['kind'] {
  if (/^\s*(?:```|~~~)/.test(line)) return 'fence';
  if (fenced) return 'code';
  if (line.trim() === '') return 'blank';
  return isCode(line) ? 'code' : 'text';
}

/** Lines of programs and logs outside of a fence: brackets, assignments, paths, no prose. */
const isCode = (line: string) =>
  /^(?: {4}|\t)\S.*[(){}=;]|^\s*(?:import|from|def|class|return|const|let|var|function|while|for|if|try|except|#include|SELECT|INSERT|curl|sudo)\b.*[:;(){}=]\s*$|^\s*[{}()[\]]+[;,]?\s*$/u.test(
    line,
  );

function goesOn(before: string, line: string): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1).trimEnd();
  return last.length >= fullLine && !/[.!?:;]["'”“»)]*$/u.test(last) && !/^\s*(?:[-*+•>|]|\d{1,3}[.)]\s)/u.test(line);
}
