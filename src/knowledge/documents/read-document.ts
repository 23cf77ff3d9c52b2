import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import {
  type Extraction,
  type ExtractOptions,
  extractText,
  type PageStart,
  type ReadableType,
} from '../../platform/index.ts';
import type { Language } from '../../ticket/index.ts';
import { guessLanguage } from './guess-language.ts';

export interface ReadableDocument {
  readonly title: string;
  readonly language: Language;
  readonly category: string | null;
  /** What the file is by its content. */
  readonly contentType: ReadableType;
  /** Without front matter; lines end in \n. Markdown, but for plain text. */
  readonly text: string;
  /** PDF only: where each page begins in `text`. */
  readonly pages: readonly PageStart[] | null;
}

/** What came of reading a file: a document, or the reason why it is none, written for its owner. */
export type Reading =
  | { readonly document: ReadableDocument; readonly problem: null; readonly hash: string }
  | { readonly document: null; readonly problem: string; readonly hash: string };

/** SHA-256 over the bytes and the name of the reader: a new reader reads everything anew. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update('signalbox-document-1\n').update(bytes).digest('hex');
}

/**
 * Reads a document of any kind that platform/extract reads; what it is, its content says. Never throws.
 */
export async function readDocument(
  name: string,
  contentType: string,
  bytes: Uint8Array,
  options: ExtractOptions = {},
): Promise<Reading> {
  const hash = hashBytes(bytes);
  const read = await extractText({ name, contentType, bytes }, options);
  const made = read.ok ? documentOf(name, read) : read.problem;
  return typeof made === 'string' ? { document: null, problem: made, hash } : { document: made, problem: null, hash };
}

/** The document that a text is, or why it is none. Front matter is understood in Markdown and plain text. */
export function documentOf(name: string, read: Extraction): ReadableDocument | string {
  if (read.contentType !== 'text/markdown' && read.contentType !== 'text/plain')
    return describe(name, read, {}, read.text);
  const front = splitFrontMatter(read.text);
  if (front.problem !== null) return front.problem;
  return front.body.trim() === '' ? 'The file holds no text.' : describe(name, read, front.values, front.body);
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
    const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/:$/, '') : String(error);
    return {
      values: {},
      body: text,
      problem: `The front matter between the --- lines is not valid YAML: ${reason}. Correct it.`,
    };
  }
}

function describe(
  name: string,
  read: Extraction,
  values: Readonly<Record<string, unknown>>,
  text: string,
): ReadableDocument {
  const { contentType, pages } = read;
  const word = (key: string): string | null => {
    const value = values[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const language = word('language')?.toLowerCase();
  return {
    title: word('title') ?? read.title ?? titleInText(contentType, text) ?? titleOfName(name),
    language:
      language === 'en' || language === 'de' ? language : language === undefined ? guessLanguage(text) : 'other',
    category: word('category'),
    contentType,
    text,
    pages,
  };
}

/** The first heading; where a program made them, only if it stands alone: of many chapters none is the title. */
function titleInText(contentType: ReadableType, text: string): string | undefined {
  if (contentType === 'text/plain') return undefined;
  const headings = text.matchAll(/^#[ \t]+(.+?)[ \t]*#*$/gm);
  const first = headings.next().value?.[1];
  return contentType === 'text/markdown' || headings.next().done === true ? first : undefined;
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
