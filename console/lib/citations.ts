import type { Interaction } from '../../src/api/contract/index.ts';

export type CitedPiece = { readonly text: string } | { readonly mark: number };

/**
 * Cuts an answer into text and the places where a source is named. A mark stands behind the sentence that quotes
 * it, or where the text itself says `[2]`; sources that are found nowhere in the text are marked at its end.
 * Numbers count from 1. Pure; linear in the text for each source.
 */
export function citedPieces(text: string, citations: Interaction['citations']): CitedPiece[] {
  const places = citations.flatMap((citation, index) => {
    const end = endOfQuote(text, citation.quote);
    return end === undefined ? [] : [{ at: end, skip: 0, mark: index + 1 }];
  });
  for (const match of text.matchAll(/ ?\[(\d{1,2})\]/g)) {
    const mark = Number(match[1]);
    if (mark < 1 || mark > citations.length) continue;
    // The written number is the better place than our guess.
    const guessed = places.findIndex((p) => p.mark === mark && p.skip === 0);
    if (guessed >= 0) places.splice(guessed, 1);
    places.push({ at: match.index, skip: match[0].length, mark });
  }
  places.sort((a, b) => a.at - b.at || a.mark - b.mark);
  const missing = citations.map((_, index) => index + 1).filter((n) => !places.some((p) => p.mark === n));

  const pieces: CitedPiece[] = [];
  let from = 0;
  for (const { at, skip, mark } of places) {
    if (at > from) pieces.push({ text: text.slice(from, at) });
    pieces.push({ mark });
    from = Math.max(from, at + skip);
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return [...pieces, ...missing.map((mark) => ({ mark }))];
}

/** White space and the asterisks of Markdown may differ between document and answer. */
function endOfQuote(text: string, quote: string): number | undefined {
  const words = quote.replaceAll('*', '').trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const pattern = words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s*]+');
  const match = new RegExp(pattern, 'u').exec(text);
  return match ? match.index + match[0].length : undefined;
}
