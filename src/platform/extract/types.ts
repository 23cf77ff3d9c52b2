/** A file as somebody gave it; `contentType` is what the sender says, which the content may contradict. */
export interface FileToRead {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Where a page begins in the text: `page` from 1, `offset` in UTF-16 units from 0. */
export interface PageStart {
  readonly page: number;
  readonly offset: number;
}

export interface Extraction {
  readonly ok: true;
  /** What the file is by its content, whatever its name says. */
  readonly contentType: ReadableType;
  /** The title that the file gives itself; null: none. */
  readonly title: string | null;
  /** Markdown: headings as #, lists, tables with a head. Plain text stays as it is. Lines end in \n. */
  readonly text: string;
  /** PDF only: where each page that holds text begins, in order. */
  readonly pages: readonly PageStart[] | null;
}

export interface Unreadable {
  readonly ok: false;
  /** For the file's owner: what is wrong and what to do. */
  readonly problem: string;
}

export type ReadableType =
  | 'text/markdown'
  | 'text/plain'
  | 'text/html'
  | 'application/pdf'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const extractLimits = {
  /** bytes of one file */
  bytes: 25 * 1024 * 1024,
  /** characters of one text */
  characters: 5_000_000,
  /** bytes of a DOCX when unpacked */
  unpacked: 200 * 1024 * 1024,
  /** milliseconds for one document */
  milliseconds: 60_000,
} as const;

export const unreadable = (problem: string): Unreadable => ({ ok: false, problem });

const endings: Readonly<Record<string, ReadableType>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The type by the end of the name; null for what is not read. */
export function readableTypeOf(name: string): ReadableType | null {
  return endings[/\.([^./\\]+)$/.exec(name.toLowerCase())?.[1] ?? ''] ?? null;
}
