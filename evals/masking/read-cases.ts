import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export interface LabelledSpan {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

export interface MaskingCase {
  readonly language: 'en' | 'de';
  readonly text: string;
  readonly spans: readonly LabelledSpan[];
}

const mark = /\[\[([a-z-]+)\|(.*?)\]\]/g;

/**
 * Messages of one line each: language, "|", the text with its personal values as [[kind|value]]. A file with a
 * `.sha256` beside it is locked: whoever changes it cannot compare with earlier figures.
 */
export function readMaskingCases(name: string): MaskingCase[] {
  const file = new URL(`${name}.txt`, import.meta.url);
  const lock = new URL(`${name}.sha256`, import.meta.url);
  const source = readFileSync(file, 'utf8');
  if (existsSync(lock) && readFileSync(lock, 'utf8').trim() !== createHash('sha256').update(source).digest('hex'))
    throw new Error(`${name}.txt was changed since it was locked.`);
  return source.trimEnd().split('\n').map(readCase);
}

function readCase(line: string): MaskingCase {
  const marked = line.slice(3).replaceAll('\\n', '\n');
  const spans: LabelledSpan[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(mark)) {
    text += marked.slice(from, match.index);
    spans.push({ kind: match[1]!, start: text.length, end: text.length + match[2]!.length });
    text += match[2];
    from = match.index + match[0].length;
  }
  return { language: line.startsWith('de') ? 'de' : 'en', text: text + marked.slice(from), spans };
}
