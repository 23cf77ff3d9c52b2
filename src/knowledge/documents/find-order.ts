import { readDocumentText } from '../../intake/index.ts';

/** What of a text was written for the machine that reads it, or for nobody's eyes; quotes and asides are neither. */
const kinds: ReadonlySet<string> = new Set(['instruction', 'role-marker', 'hidden-text']);

/**
 * Why a passage needs a look by the owner of its document, or null. Such a document still serves: the order is
 * neither quoted nor shown to a language model (answering leaves it out of every passage). About 0.1 ms.
 */
export function warnOfOrder(passage: { readonly text: string; readonly heading: string }): string | null {
  const found = readDocumentText(passage.text, passage.heading).setAside.find(({ kind }) => kinds.has(kind));
  if (found === undefined) return null;
  const quote = found.text.length > 200 ? `${found.text.slice(0, 199).toWellFormed()}…` : found.text;
  return `The document is served, but it holds an order to the machine, which is left out: “${quote}” Remove it if it does not belong there.`;
}
