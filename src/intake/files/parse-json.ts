import { SignalboxError } from '../../ticket/index.ts';

/** Tickets as JSON: one object a line, a list, or an object whose `tickets` is a list. One element is in memory. */
export type JsonRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly problem: string };

/** Characters of one ticket. */
const longestElement = 1_000_000;

export async function* parseJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  let rest = '';
  let line = 1;
  let skipping = false;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const text of lines) {
      if (!skipping && text.trim() !== '') yield parseElement(text, line);
      skipping = false;
      line++;
    }
    if (rest.length > longestElement) {
      if (!skipping) yield { line, problem: tooLong };
      skipping = true;
      rest = '';
    }
  }
  if (!skipping && rest.trim() !== '') yield parseElement(rest, line);
}

const tooLong = `longer than ${longestElement.toLocaleString('en')} characters`;

function parseElement(text: string, line: number): JsonRecord {
  if (text.length > longestElement) return { line, problem: tooLong };
  try {
    return { line, value: JSON.parse(text) as unknown };
  } catch {
    return { line, problem: 'not valid JSON' };
  }
}

/** The elements of a list. Brackets and strings are followed by hand, each element is parsed by itself. */
export async function* parseJsonList(pieces: AsyncIterable<string>, name: string): AsyncGenerator<JsonRecord> {
  const splitter = createSplitter();
  for await (const piece of pieces) yield* splitter.take(piece);
  if (!splitter.found())
    throw new SignalboxError(
      'file-unreadable',
      `${name} is JSON without a list of tickets. Give a list, an object with a list named "tickets", or one object a line.`,
    );
  if (!splitter.ended()) yield { line: splitter.line(), problem: 'the file ends inside the list' };
}

const code = (sign: string) => sign.charCodeAt(0);
const [backslash, mark, comma, newline] = [code('\\'), code('"'), code(','), 10];
const opening = new Set([code('['), code('{')]);
const closing = new Set([code(']'), code('}')]);

function createSplitter() {
  let line = 1;
  let depth = 0;
  /** Depth inside the list whose elements are wanted; 0 until it is found. */
  let listDepth = 0;
  let ended = false;
  /** What stands behind the list was told. */
  let told = false;
  let inString = false;
  let escaped = false;
  /** The last string at depth 1: the key, when a list follows. */
  let key = '';
  let element = '';
  let elementLine = 1;

  /** Nothing of the element but blanks was seen yet. */
  let fresh = false;

  function open(sign: number): void {
    depth++;
    const isList = sign === code('[');
    if (listDepth === 0 && isList && (depth === 1 || (depth === 2 && key === '"tickets'))) listDepth = depth;
  }

  function inText(sign: number, at: number, piece: string): void {
    if (escaped) escaped = false;
    else if (sign === backslash) escaped = true;
    else if (sign === mark) inString = false;
    if (inString && depth === 1 && listDepth === 0 && key.length < 20) key += piece[at];
  }

  /** @returns true when the sign ends an element of the list */
  function outside(sign: number): boolean {
    if (sign === mark) {
      inString = true;
      if (depth === 1) key = '"';
      return false;
    }
    if (opening.has(sign)) open(sign);
    else if (closing.has(sign)) {
      if (listDepth > 0 && depth === listDepth) ended = true;
      depth--;
      return ended;
    }
    return sign === comma && listDepth > 0 && depth === listDepth;
  }

  /** Follows one sign. True when an element may begin after it: the list begins, or an element ended. */
  function follow(sign: number, at: number, piece: string): boolean {
    if (sign === newline) line++;
    if (fresh && sign > 32) {
      elementLine = line;
      fresh = false;
    }
    if (inString) {
      inText(sign, at, piece);
      return false;
    }
    const before = listDepth;
    const atEnd = outside(sign);
    return before === 0 ? listDepth > 0 : atEnd;
  }

  function* take(piece: string): Generator<JsonRecord> {
    // Signs before the list belong to no element.
    let start = listDepth > 0 ? 0 : piece.length;
    let at = 0;
    for (; at < piece.length && !ended; at++) {
      if (!follow(piece.charCodeAt(at), at, piece)) continue;
      element += piece.slice(start, at);
      if (element.trim() !== '') yield parseElement(element, elementLine);
      element = '';
      start = at + 1;
      fresh = true;
    }
    if (!ended && element.length <= longestElement) element += piece.slice(start);
    if (ended && listDepth === 1 && !told) yield* tellRest(piece.slice(at));
  }

  /** A file of lines whose first is a list would lose all others without a word. */
  function* tellRest(rest: string): Generator<JsonRecord> {
    const blank = rest.search(/\S/);
    told = blank >= 0;
    line += rest.slice(0, told ? blank : rest.length).split('\n').length - 1;
    if (told) yield { line, problem: 'the list ended before this line; nothing from here on is read' };
  }

  return { take, found: () => listDepth > 0, ended: () => ended, line: () => line };
}
