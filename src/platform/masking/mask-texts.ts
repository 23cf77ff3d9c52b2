import { createMasker } from './create-masker.ts';

/**
 * Texts for a model that only reads them (embeddings): each value is replaced by the word of its kind, without a
 * number, so that two texts that differ in whose they are stay as near as they were.
 */
export function maskTexts(texts: readonly string[], known: readonly string[] = []): string[] {
  return texts.map((text) =>
    createMasker({ known })
      .mask(text)
      .replace(/\[([A-Z]+)_\d+[b-z]?\]/g, '[$1]'),
  );
}
