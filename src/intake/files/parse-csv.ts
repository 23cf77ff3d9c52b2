/**
 * CSV as RFC 4180 has it, one record after another, over text that comes in pieces.
 *
 * Our own, because csv-parse loses intact rows after a broken one: of four rows after a quote that is never closed it
 * dropped all four and named the line of the next quote. Here a broken record costs its first line only; reading goes
 * on with the line after it. parse-csv.test.ts holds the two against each other on sound files.
 */
export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly problem: string };

/** Characters of one record; a quote that is never closed must not gather the rest of the file. */
const longestRecord = 1_000_000;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** A sign that no text has. */
const none = -1;

/** Where a record ends, or that the text at hand holds no end of it. */
type Parsed = { readonly fields: string[]; readonly next: number } | 'more' | { readonly problem: string };

/** Lines that are blank are no records. O(characters). */
export async function* parseCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = createReader();
  for await (const piece of pieces) yield* reader.take(piece, false);
  yield* reader.take('', true);
}

function createReader() {
  let text = '';
  let line = 1;
  let delimiter = 0;
  let width = 0;
  /** Characters to gather before it is tried again: a long record must not be read from its start with every piece. */
  let enough = 0;
  /** A record was given up before its line had ended: what comes up to the line break is still its. */
  let skipping = false;

  function* take(piece: string, last: boolean): Generator<CsvRecord> {
    text = text === '' ? piece : text + piece;
    if (!skipLine(last)) return;
    if (!last && text.length < enough) return;
    if (delimiter === 0 && !readPreamble(last || text.length >= longestRecord)) return;
    let at = skipBlank(0, last);
    while (at < text.length) {
      const parsed = parseRecord(at, last);
      if (parsed === 'more') break;
      const { record, next } = judge(parsed, at);
      yield record;
      line += countLines(text, at, next);
      at = skipBlank(next, last);
    }
    text = text.slice(at);
    enough = text.length < 10_000 ? 0 : 2 * text.length;
  }

  /** False while the line that was given up goes on. */
  function skipLine(last: boolean): boolean {
    if (!skipping) return true;
    const rest = afterFirstBreak(text, last);
    skipping = rest === null;
    text = rest ?? text.slice(-1);
    line += skipping ? 0 : 1;
    return !skipping;
  }

  function skipBlank(from: number, last: boolean): number {
    let at = from;
    while (at < text.length && isBreak(text.charCodeAt(at))) {
      const after = afterBreak(text, at, last);
      if (after < 0) break;
      at = after;
      line++;
    }
    return at;
  }

  /** Excel may name the delimiter in a first line of its own. False when the header is not there to its end yet. */
  function readPreamble(last: boolean): boolean {
    const named = /^sep=(.)(\r\n|\n|\r(?=[^\n]))/.exec(text);
    if (named !== null) {
      text = text.slice(named[0].length);
      line++;
      delimiter = named[1]!.charCodeAt(0);
    } else if (last || !'sep='.startsWith(text.slice(0, 4)) || text.length > 6) delimiter = findDelimiter(text, last);
    return delimiter !== 0;
  }

  function parseRecord(at: number, last: boolean): Parsed {
    if (isBreak(text.charCodeAt(at))) return 'more';
    const parsed = parseFields(text, at, { delimiter, last });
    // A broken record is given up with its line, so the line must be there to its end.
    const whole = last || text.length - at > longestRecord;
    if (parsed !== 'more')
      return 'problem' in parsed && !whole && endOfLine(text, at) === text.length ? 'more' : parsed;
    return whole ? { problem: tooLong(text, at) } : 'more';
  }

  /** A record that is broken, or that spans lines and has not the columns of the header, ends with its first line. */
  function judge(parsed: Exclude<Parsed, 'more'>, at: number): { record: CsvRecord; next: number } {
    skipping = 'problem' in parsed && !isBreak(text.charCodeAt(endOfLine(text, at) - 1));
    if ('problem' in parsed) return { record: { line, problem: parsed.problem }, next: endOfLine(text, at) };
    width ||= parsed.fields.length;
    const fields = withoutEmptyEnd(parsed.fields, width);
    if (fields.length === width) return { record: { line, fields }, next: parsed.next };
    const problem = `${fields.length} fields, but the header has ${width}`;
    return { record: { line, problem }, next: Math.min(parsed.next, endOfLine(text, at)) };
  }

  return { take };
}

function tooLong(text: string, at: number): string {
  const most = `${longestRecord.toLocaleString('en')} characters`;
  const oneLine = endOfLine(text, at) === text.length;
  return oneLine ? `longer than ${most}` : `a quote is opened and not closed within ${most}`;
}

/** null when the line has not ended yet, or may have ended with the first of two signs. */
function afterFirstBreak(text: string, last: boolean): string | null {
  const from = text.search(/[\r\n]/);
  const after = from < 0 ? -1 : afterBreak(text, from, last);
  return after < 0 ? null : text.slice(after);
}

/** Spreadsheets write empty cells after the last column. */
function withoutEmptyEnd(fields: string[], width: number): string[] {
  let length = fields.length;
  while (length > width && fields[length - 1] === '') length--;
  return length === fields.length ? fields : fields.slice(0, length);
}

interface Reading {
  readonly delimiter: number;
  /** No more text comes after this. */
  readonly last: boolean;
}

function parseFields(text: string, from: number, reading: Reading): Parsed {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    const field =
      text.charCodeAt(at) === quote ? quotedField(text, at, reading) : plainField(text, at, reading.delimiter);
    if (field === 'more' || 'problem' in field) return field;
    fields.push(field.value);
    at = field.end;
    if (at >= text.length) return reading.last ? { fields, next: at } : 'more';
    if (text.charCodeAt(at) !== reading.delimiter) {
      const next = afterBreak(text, at, reading.last);
      return next < 0 ? 'more' : { fields, next };
    }
    at++;
  }
}

type Field = { readonly value: string; readonly end: number } | 'more' | { readonly problem: string };

/** A quote inside a field that does not begin with one is a sign like any other (5" screen). */
function plainField(text: string, from: number, delimiter: number): Exclude<Field, 'more' | { problem: string }> {
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === lineFeed || code === carriageReturn) break;
  }
  return { value: text.slice(from, end), end };
}

function quotedField(text: string, from: number, { delimiter, last }: Reading): Field {
  let value = '';
  let start = from + 1;
  for (;;) {
    const close = text.indexOf('"', start);
    if (close < 0) return last ? { problem: 'a quote is opened and never closed' } : 'more';
    if (close + 1 >= text.length && !last) return 'more';
    value += text.slice(start, close);
    const after = text.charCodeAt(close + 1);
    if (after === quote) {
      value += '"';
      start = close + 2;
      continue;
    }
    if (close + 1 >= text.length || after === delimiter || isBreak(after)) return { value, end: close + 1 };
    return { problem: 'a quoted field goes on after its closing quote; a quote inside it is written twice' };
  }
}

const isBreak = (code: number) => code === lineFeed || code === carriageReturn;

/** Position after the line break at `at`; -1 when the text ends in the middle of one. */
function afterBreak(text: string, at: number, last: boolean): number {
  if (text.charCodeAt(at) === lineFeed) return at + 1;
  if (at + 1 >= text.length && !last) return -1;
  return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (isBreak(text.charCodeAt(at))) return afterBreak(text, at, true);
  return text.length;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) lines++;
  }
  return lines;
}

/**
 * Comma, semicolon (German Excel), tab or bar: the one that makes the most columns of the first record.
 * A file of one column has none: commas are part of its texts. 0: more text is needed to tell.
 */
function findDelimiter(text: string, last: boolean): number {
  let best = { delimiter: none, columns: 1 };
  for (const sign of [',', ';', '\t', '|']) {
    const delimiter = sign.charCodeAt(0);
    const parsed = parseFields(text, 0, { delimiter, last });
    if (parsed === 'more') return 0;
    const columns = 'problem' in parsed ? 0 : parsed.fields.length;
    if (columns > best.columns) best = { delimiter, columns };
  }
  return best.delimiter;
}
