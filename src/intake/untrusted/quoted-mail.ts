import { type Cut, cutOut, type Left, nothing } from './set-aside.ts';

/** Fewer letters of the customer's own say nothing without the mail that they hang on to: "Any news?" */
const leastOwn = 40;

const attribution =
  /^(?:(?:on|am) .{6,120}(?:wrote|schrieb)(?: .{1,80})?:|.{3,80} (?:wrote|schrieb)(?: am .{4,60})?:)\s*$/iu;
const divider =
  /^\s*(?:-{2,}|_{2,})\s*(?:original message|ursprüngliche nachricht|original-nachricht|originalnachricht)\s*(?:-{2,}|_{2,})?\s*$/iu;
/** Outlook's head of a mail: four of these lines in a row. */
const headLine = /^\s*\*?(?:from|von|sent|gesendet|date|datum|to|an|cc|subject|betreff)\s*:\*?\s/iu;
/** What somebody forwards is what he writes about. */
const forwarded = /forwarded message|weitergeleitete nachricht|^[^\S\n]*(?:fwd?|wg)\s*:/imu;
const quote = /^\s{0,3}>/u;

/**
 * Earlier mails below or between what the customer wrote: behind "On … wrote:" and its like to the end, and lines
 * that begin with ">". They stay where the customer's own words are too few to be understood, and in what is
 * forwarded. Linear in the length.
 */
export function splitQuotedMail(text: string): Left {
  if (!/>|:\s*$|-{2}|_{2}|:\s/mu.test(text) || forwarded.test(text)) return nothing(text);
  const cuts = findQuoted(text);
  if (cuts.length === 0) return nothing(text);
  const left = cutOut(text, cuts);
  return left.text.replaceAll(/\P{L}/gu, '').length < leastOwn ? nothing(text) : left;
}

function findQuoted(text: string): Cut[] {
  const lines = linesOf(text);
  const cuts: Cut[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { start, line } = lines[i]!;
    if (divider.test(line) || isHead(lines, i) || (attribution.test(line) && quotesFollow(lines, i))) {
      // An attribution above lines of ">" ends with them; anything else runs to the end.
      const end = quote.test(lines[nextWritten(lines, i)]?.line ?? '') ? endOfQuotes(lines, i + 1) : lines.length - 1;
      cuts.push({ start, end: lines[end]!.end, kind: 'quoted-mail' });
      i = end;
    } else if (quote.test(line)) {
      const end = endOfQuotes(lines, i);
      cuts.push({ start, end: lines[end]!.end, kind: 'quoted-mail' });
      i = end;
    }
  }
  return cuts;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly line: string;
}

function linesOf(text: string): Line[] {
  const found: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    found.push({ start, end, line: text.slice(start, end) });
    start = end + 1;
  }
  return found;
}

const isHead = (lines: readonly Line[], i: number) =>
  [0, 1, 2].every((n) => headLine.test(lines[i + n]?.line ?? '')) && /^\s*\*?(?:from|von)\s*:/iu.test(lines[i]!.line);

function nextWritten(lines: readonly Line[], i: number): number {
  let n = i + 1;
  while (n < lines.length && lines[n]!.line.trim() === '') n++;
  return n;
}

/** "Ms Jones wrote:" alone may be the customer's own words; above a quotation or a paragraph of its own it is not. */
const quotesFollow = (lines: readonly Line[], i: number) => {
  const next = nextWritten(lines, i);
  return quote.test(lines[next]?.line ?? '') || /^\s*(?:on|am) .*\d/iu.test(lines[i]!.line);
};

/** The last line of a run of quoted lines; blank lines between two of them belong to it. */
function endOfQuotes(lines: readonly Line[], from: number): number {
  let end = from;
  for (let i = from; i < lines.length; i++) {
    if (quote.test(lines[i]!.line)) end = i;
    else if (lines[i]!.line.trim() !== '') break;
  }
  return end;
}
