import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import type { Language } from '../../ticket/index.ts';
import { guessLanguage } from './guess-language.ts';

/** Bytes of one document at most: a book of 800 pages is about this long. */
export const maximumBytes = 2 * 1024 * 1024;

export interface ReadableDocument {
  readonly title: string;
  readonly language: Language;
  readonly category: string | null;
  /** Without front matter; lines end in \n. */
  readonly text: string;
}

/** What came of reading a file: a document, or the reason why it is none, written for its owner. */
export type Reading =
  | { readonly document: ReadableDocument; readonly problem: null; readonly hash: string }
  | { readonly document: null; readonly problem: string; readonly hash: string };

const kinds: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
};

/** Content type by the end of the name; null for what is not read yet. */
export function contentTypeOf(name: string): string | null {
  return kinds[/\.([^./\\]+)$/.exec(name.toLowerCase())?.[1] ?? ''] ?? null;
}

/** SHA-256 over the bytes and the name of the reader: a new reader reads everything anew. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update('signalbox-document-1\n').update(bytes).digest('hex');
}

/** Reads Markdown or plain text in UTF-8 (UTF-16 with a byte order mark too). Never throws. */
export function readDocument(name: string, contentType: string, bytes: Uint8Array): Reading {
  const hash = hashBytes(bytes);
  const refuse = (problem: string): Reading => ({ document: null, problem, hash });
  if (bytes.length === 0) return refuse('The file is empty (0 bytes).');
  if (bytes.length > maximumBytes) {
    return refuse(
      `The file has ${megabytes(bytes.length)} MB; at most ${megabytes(maximumBytes)} MB are read. Split it.`,
    );
  }
  const text = decode(bytes);
  if (text === null) {
    return refuse(
      bytes.includes(0)
        ? 'The file is binary, not text.'
        : 'The text is not UTF-8 (perhaps Windows-1252). Save it again as UTF-8.',
    );
  }
  if (text.includes('\u0000')) return refuse('The file is binary, not text.');
  const front = splitFrontMatter(text);
  if (front.problem !== null) return refuse(front.problem);
  if (front.body.trim() === '') return refuse('The file holds no text.');
  return { document: describe(name, contentType, front.values, front.body), problem: null, hash };
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

function decode(bytes: Uint8Array): string | null {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The decoder drops a byte order mark by itself.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}

interface FrontMatter {
  readonly values: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly problem: string | null;
}

function splitFrontMatter(text: string): FrontMatter {
  const match = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { values: {}, body: text, problem: null };
  try {
    const values: unknown = parseYaml(match[1]!, { maxAliasCount: 0 });
    const body = text.slice(match[0].length);
    // A text may begin with a line of its own between two rules: that is no front matter.
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      return { values: {}, body: text, problem: null };
    return { values: values as Record<string, unknown>, body, problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return {
      values: {},
      body: text,
      problem: `The front matter between the --- lines is not valid YAML: ${reason}`,
    };
  }
}

function describe(
  name: string,
  contentType: string,
  values: Readonly<Record<string, unknown>>,
  body: string,
): ReadableDocument {
  const word = (key: string): string | null => {
    const value = values[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const heading = contentType === 'text/markdown' ? /^#[ \t]+(.+?)[ \t]*#*$/m.exec(body)?.[1] : undefined;
  const language = word('language')?.toLowerCase();
  return {
    title: word('title') ?? heading ?? titleOfName(name),
    language:
      language === 'en' || language === 'de' ? language : language === undefined ? guessLanguage(body) : 'other',
    category: word('category'),
    text: body,
  };
}

function titleOfName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!;
  return (
    last
      .replace(/\.[^.]+$/, '')
      .replace(/[-_]+/g, ' ')
      .trim() || last
  );
}
