import { type ReadDocument, readDocumentText } from '../../intake/index.ts';

/** What of a text was written for the machine that reads it, or for nobody's eyes; quotes and asides are neither. */
const kinds: ReadonlySet<string> = new Set(['instruction', 'role-marker', 'hidden-text']);

export interface ReadChunk {
  /** Without orders to the machine: what is searched. The stored passage keeps them, for people to see. */
  readonly text: string;
  /** Why the owner of the document should look at it, or null. */
  readonly warning: string | null;
}

/**
 * What of a passage was written for readers. A document with an order still serves: the order is neither searched nor
 * quoted nor shown to a language model (answering leaves it out of every passage). About 0.1 ms.
 */
export function readChunk(passage: { readonly text: string; readonly heading: string }): ReadChunk {
  const { text, setAside } = readDocumentText(passage.text, passage.heading);
  return { text, warning: warnOfOrder(setAside) };
}

function warnOfOrder(setAside: ReadDocument['setAside']): string | null {
  const found = setAside.find(({ kind }) => kinds.has(kind));
  if (found === undefined) return null;
  const quote = found.text.length > 200 ? `${found.text.slice(0, 199).toWellFormed()}…` : found.text;
  return `The document is served, but it holds an order to the machine, which is left out: “${quote}” Remove it if it does not belong there.`;
}
