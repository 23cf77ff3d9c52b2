import { SignalboxError } from '../../ticket/index.ts';
import { changeKnowledge, prepareDocument, type Workshop, writePrepared } from '../change-documents.ts';
import { readDocument } from '../documents/read-document.ts';
import { splitCompoundsAnew } from '../split-compounds-anew.ts';
import { findDocument } from '../stores/documents.ts';
import type { ApprovedArticle } from '../types.ts';

/**
 * An approved article becomes the document `article:<id>`; one that stands there already stays as it is.
 * @returns the id of the document. @throws SignalboxError `file-unreadable` when the text is no document.
 */
export async function addArticle(shop: Workshop, { id, title, text }: ApprovedArticle, actor: string): Promise<string> {
  const source = `article:${id}`;
  const contentType = 'text/markdown';
  const reading = await readDocument(`${title}.md`, contentType, new TextEncoder().encode(text));
  if (reading.problem !== null)
    throw new SignalboxError('file-unreadable', `The article ${title} cannot be taken in: ${reading.problem}`);
  let documentId = shop.newId();
  const prepared = await prepareDocument(shop, { id: documentId, source, contentType, reading });
  await changeKnowledge(shop, async (trx) => {
    const other = await findDocument(trx, { source });
    if (other) {
      documentId = other.id;
      return null;
    }
    await writePrepared(trx, prepared);
    return { actor, action: 'document-added', documentId, data: { source, hash: prepared.document.hash } };
  });
  await splitCompoundsAnew(shop);
  return documentId;
}
