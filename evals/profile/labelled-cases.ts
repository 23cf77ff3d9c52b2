import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type EntityKind, entityKinds } from '../../src/ticket/index.ts';

export interface LabelledEntity {
  readonly kind: EntityKind;
  readonly start: number;
  readonly end: number;
  /** What the value should be; null where the case does not say (cards and accounts are masked). */
  readonly value: string | null;
}

export interface LabelledCase {
  readonly language: 'en' | 'de';
  readonly text: string;
  readonly entities: readonly LabelledEntity[];
}

const mark = /\[\[([a-z-]+)(?:=([^|]*))?\|(.*?)\]\]/g;

/**
 * Cases of one line each: language, "|", the text with its entities as [[kind=value|text]]. A file with a `.sha256`
 * beside it is locked: whoever changes it cannot compare with earlier figures.
 */
export function readLabelledCases(name: string): LabelledCase[] {
  const file = new URL(`${name}.txt`, import.meta.url);
  const lock = new URL(`${name}.sha256`, import.meta.url);
  const source = readFileSync(file, 'utf8');
  if (existsSync(lock) && readFileSync(lock, 'utf8').trim() !== createHash('sha256').update(source).digest('hex'))
    throw new Error(`${name}.txt was changed since it was locked.`);
  return source.trimEnd().split('\n').map(readCase);
}

function readCase(line: string): LabelledCase {
  const marked = line.slice(3);
  const entities: LabelledEntity[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(mark)) {
    const kind = entityKinds.find((known) => known === match[1]);
    if (kind === undefined) throw new Error(`${match[1]} is no kind of entity: ${line}`);
    text += marked.slice(from, match.index);
    entities.push({ kind, start: text.length, end: text.length + match[3]!.length, value: match[2] ?? null });
    text += match[3];
    from = match.index + match[0].length;
  }
  return { language: line.startsWith('de') ? 'de' : 'en', text: text + marked.slice(from), entities };
}
