import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Trx } from '../platform/index.ts';
import { changeKnowledge, type Workshop } from './change-documents.ts';
import { readChunk } from './documents/find-order.ts';
import type { PartsOf } from './indexing/analyse.ts';
import { compoundSplitter, indexText } from './indexing/index-text.ts';
import type { LanguageIndex } from './retrieval/language-index.ts';
import { type GermanChunk, readGermanChunks, rewriteIndexTexts } from './stores/chunks.ts';
import { readVersion } from './stores/documents.ts';

/** Words split, and chunks made anew, between two turns of the event loop. */
const wordsAtOnce = 200;
const chunksAtOnce = 20;
/** Other processes may change the knowledge meanwhile; the last of them does the work. */
const attempts = 3;

/**
 * A new document teaches words by which the compounds of all others can be split ("Korrektur" splits
 * "Rechnungskorrektur"). After a change this looks at every German word of the documents and gives the chunks
 * whose compounds split otherwise than before a new index text, in one transaction. Returns how many.
 */
export async function splitCompoundsAnew(shop: Workshop): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const row = await readVersion(shop.db);
    if (!row) return 0;
    const state = await shop.memory.renew(row.number);
    const german = state.indexes.de;
    const partsOf = compoundSplitter((word) => german.ownCount(word));
    const words = await otherwiseSplit(german, partsOf);
    if (words.length === 0) return 0;
    const rewritten = await rewrite(shop, words, partsOf, state.number);
    if (rewritten === null) continue;
    for (const word of words) german.settleSplit(word, partsOf(word));
    return rewritten;
  }
  return 0;
}

async function otherwiseSplit(german: LanguageIndex, partsOf: PartsOf): Promise<string[]> {
  const words: string[] = [];
  let seen = 0;
  for (const word of german.otherwiseSplit(partsOf)) {
    if (word !== null) words.push(word);
    if (++seen % wordsAtOnce === 0) await nextTurn();
  }
  return words;
}

/** Null when the knowledge is no longer of version `number`. */
async function rewrite(
  shop: Workshop,
  words: readonly string[],
  partsOf: PartsOf,
  number: number,
): Promise<number | null> {
  let rewritten = 0;
  let outdated = false;
  await changeKnowledge(shop, async (trx) => {
    outdated = (await readVersion(trx))?.number !== number;
    if (outdated) return null;
    for (let i = 0; i < words.length; i += wordsAtOnce) {
      rewritten += await rewriteHolding(shop, trx, words.slice(i, i + wordsAtOnce), partsOf);
    }
    if (rewritten === 0) return null;
    return { actor: 'system', action: 'compounds-split-anew', documentId: 'all', data: { chunks: rewritten } };
  });
  return outdated ? null : rewritten;
}

async function rewriteHolding(shop: Workshop, trx: Trx, words: readonly string[], partsOf: PartsOf): Promise<number> {
  const chunks = await readGermanChunks(trx, words);
  let rewritten = 0;
  for (let i = 0; i < chunks.length; i += chunksAtOnce) {
    const texts = chunks.slice(i, i + chunksAtOnce).flatMap((chunk) => renewed(shop, chunk, partsOf));
    await rewriteIndexTexts(trx, 'de', texts);
    rewritten += texts.length;
    await nextTurn();
  }
  return rewritten;
}

function renewed(shop: Workshop, chunk: GermanChunk, partsOf: PartsOf) {
  const searchText = indexText({ ...chunk, text: readChunk(chunk).text, language: 'de' }, partsOf);
  return searchText === chunk.search_text ? [] : [{ id: chunk.id, newId: shop.newId(), searchText }];
}
