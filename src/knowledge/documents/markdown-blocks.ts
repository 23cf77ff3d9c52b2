/** A piece of a document that reads as one: lines[0…] without blank lines around. */
export interface Block {
  /** `asked`: questions in customers' own words, from a comment; one a line. They are searched and never shown. */
  readonly kind: 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'asked';
  /** 1 to 6 for headings, else 0. */
  readonly level: number;
  readonly lines: readonly string[];
  /** Number of its first line in the text, from 0. */
  readonly at: number;
}

const fence = /^\s{0,3}(`{3,}|~{3,})/;
const atxHeading = /^\s{0,3}(#{1,6})(?=[ \t]|$)/;
const listItem = /^\s{0,6}(?:[-*+•]|\d{1,3}[.)])[ \t]+\S/;
const askedComment = /^\s{0,3}<!--\s*(?:asked|gefragt):/i;
const tableRow = /^\s*\|.*\|\s*$/;

/** The blocks of Markdown, in order, each made when it is asked for; every line that is not blank stands in exactly one. Linear. */
export function markdownBlocks(text: string): Generator<Block> {
  return new BlockReader(text.split('\n')).read();
}

/** Plain text: paragraphs between blank lines; lists are told by their marks. A "#" is only a character. */
export function plainBlocks(text: string): Generator<Block> {
  return new BlockReader(text.split('\n'), true).read();
}

/** "Refunds ##" → "Refunds"; marks alone are words. */
function withoutClosing(words: string): string {
  const open = words.replace(/(?<!#)#+$/, '');
  return /[ \t]$/.test(open) ? open.trim() : words;
}

class BlockReader {
  readonly #lines: readonly string[];
  readonly #plain: boolean;
  #block: Block | null = null;
  #start = 0;
  #at = 0;

  constructor(lines: readonly string[], plain = false) {
    this.#lines = lines;
    this.#plain = plain;
  }

  *read(): Generator<Block> {
    while (this.#at < this.#lines.length) {
      this.#readOne();
      if (this.#block) yield this.#block;
      this.#block = null;
    }
  }

  #readOne(): void {
    const line = this.#lines[this.#at]!;
    this.#start = this.#at;
    if (line.trim() === '') this.#at++;
    else if (!this.#plain && fence.test(line)) this.#readCode(line);
    else if (!this.#plain && atxHeading.test(line)) this.#readHeading(line);
    else if (!this.#plain && askedComment.test(line)) this.#readAsked();
    else if (tableRow.test(line)) this.#readWhile('table', (next) => tableRow.test(next));
    else if (listItem.test(line)) this.#readList();
    else this.#readParagraph();
  }

  #push(kind: Block['kind'], lines: readonly string[], level = 0): void {
    this.#block = { kind, lines, level, at: this.#start };
  }

  #readHeading(line: string): void {
    const match = atxHeading.exec(line)!;
    const words = withoutClosing(line.slice(match[0].length).trim());
    this.#at++;
    // "##" alone heads nothing; the line is kept as text.
    if (words === '') this.#push('paragraph', [line]);
    else this.#push('heading', [words], match[1]!.length);
  }

  #readCode(line: string): void {
    const mark = fence.exec(line)![1]!;
    const lines = [line];
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const next = this.#lines[this.#at]!;
      lines.push(next);
      if (next.trim().startsWith(mark) && next.trim().replaceAll(mark[0]!, '') === '') {
        this.#at++;
        break;
      }
    }
    this.#push('code', lines);
  }

  /** `<!-- asked: one question | another -->`, over several lines if need be; a comment without an end holds the rest. */
  #readAsked(): void {
    let text = '';
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++]!;
      text += `${line}\n`;
      if (line.includes('-->')) break;
    }
    const inside = text.replace(askedComment, '').replace(/-->[\s\S]*$/, '');
    const questions = inside.split(/[|\n]/).map((question) => question.trim());
    this.#push(
      'asked',
      questions.filter((question) => question !== ''),
    );
  }

  #readWhile(kind: Block['kind'], belongs: (line: string) => boolean): void {
    const lines: string[] = [];
    while (this.#at < this.#lines.length && belongs(this.#lines[this.#at]!)) lines.push(this.#lines[this.#at++]!);
    this.#push(kind, lines);
  }

  /** Items with their indented lines; one blank line between two items does not end the list. */
  #readList(): void {
    const lines: string[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at]!;
      const next = this.#lines[this.#at + 1] ?? '';
      if (line.trim() === '') {
        if (!(listItem.test(next) || /^\s{2,}\S/.test(next))) break;
      } else if (!listItem.test(line) && !/^\s/.test(line) && this.#startsOther(line)) break;
      else if (!listItem.test(line) && !/^\s/.test(line) && this.#lines[this.#at - 1]!.trim() === '') break;
      lines.push(line);
      this.#at++;
    }
    this.#push('list', lines);
  }

  #startsOther(line: string): boolean {
    if (tableRow.test(line)) return true;
    return !this.#plain && (fence.test(line) || atxHeading.test(line) || askedComment.test(line));
  }

  #readParagraph(): void {
    const lines: string[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at]!;
      if (line.trim() === '') break;
      if (lines.length > 0 && (this.#startsOther(line) || listItem.test(line))) break;
      const level = lines.length === 1 && !this.#plain ? underlineLevel(line) : 0;
      if (level > 0) {
        this.#at++;
        this.#push('heading', [lines[0]!.trim()], level);
        return;
      }
      lines.push(line);
      this.#at++;
    }
    this.#push('paragraph', lines);
  }
}

/** A line of === or --- below one line of text makes that line a heading. */
function underlineLevel(line: string): number {
  if (/^\s{0,3}=+\s*$/.test(line)) return 1;
  return /^\s{0,3}-{2,}\s*$/.test(line) ? 2 : 0;
}
