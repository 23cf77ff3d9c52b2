import { splitSentences } from '../../ml/index.ts';

/** One sentence or list item of a draft, without its marks. */
export interface DraftSentence {
  readonly text: string;
  /** Numbers of the passages it cites, in order, each once. */
  readonly cites: readonly number[];
}

export interface ReadDraft {
  /** The body as a customer may read it: no marks, no greeting or closing of the model's own, no bold type. */
  readonly body: string;
  readonly sentences: readonly DraftSentence[];
}

// The look-behinds below keep a long run of dots or blanks from being tried at each of its characters: 16,000
// dots took 0.6 s without them.

/**
 * Takes the text of a model apart. Marks may be written [1], [1, 2], [1–3], [^1] or 【1】, before or behind the
 * full stop; they belong to the sentence that they end.
 */
export function readDraft(text: string): ReadDraft {
  const marked = withoutFrame(unifyMarks(text.replaceAll('\r\n', '\n').replaceAll('**', '').trim()));
  const sentences = splitSentences(marked)
    .map(({ text: sentence }) => ({ text: withoutMarks(sentence), cites: marksOf(sentence) }))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence.text));
  return { body: withoutMarks(marked), sentences };
}

const anyMark = /[[【]\s*\^?\d{1,2}(?:\s*[,;–-]\s*\^?\d{1,2})*\s*[\]】]/gu;

function unifyMarks(text: string): string {
  return text
    .replaceAll(anyMark, (mark) =>
      expand(mark)
        .map((n) => `[${n}]`)
        .join(''),
    )
    .replaceAll(
      /(?<![.!?…])([.!?…]+)[ \t]*((?:\[\d{1,2}\][ \t]*)+)/g,
      (_all, stop: string, marks: string) => ` ${marks.replaceAll(/\s/g, '')}${stop} `,
    )
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '');
}

/** [1, 3] → 1, 3; [1–3] → 1, 2, 3 */
function expand(mark: string): number[] {
  const numbers: number[] = [];
  for (const part of mark.replaceAll(/[^\d,;–-]/g, '').split(/[,;]/)) {
    const [from, to] = part.split(/[–-]/).map(Number);
    for (let n = from!; n <= Math.max(from!, Math.min(to ?? from!, from! + 20)); n++) numbers.push(n);
  }
  return numbers;
}

function marksOf(sentence: string): number[] {
  return [...new Set([...sentence.matchAll(/\[(\d{1,2})\]/g)].map((m) => Number(m[1])))];
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/(?:(?<![ \t])[ \t]+)?\[\d{1,2}\]/g, '')
    .replaceAll(/(?<![ \t])[ \t]+([.,;:!?])/g, '$1')
    .trim();
}

const greeting =
  /^(?:dear|hello|hi|hey|good (?:morning|afternoon|day|evening)|hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[rs]?|moin)\b[^.?!\n]{0,60}[,!.]?$/iu;
const closing =
  /^(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|sincerely|yours|mit (?:freundlichen|besten|herzlichen) gr[uü](?:ß|ss)en|(?:viele|beste|liebe|schöne|freundliche) gr[uü](?:ß|ss)e)\b[^\n]{0,60}$/iu;

/** Greeting and closing come from the templates; a model writes them all the same, with a name it made up. */
function withoutFrame(text: string): string {
  const lines = text.split('\n');
  const is = (line: string, pattern: RegExp) => pattern.test(line.trim()) && !/\[\d{1,2}\]/.test(line);
  if (lines.length > 1 && is(lines[0]!, greeting)) lines.shift();
  const end = lines.findIndex((line, i) => i > 0 && i >= lines.length - 5 && is(line, closing));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
