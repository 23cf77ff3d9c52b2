import { createMasker } from '../../src/platform/masking/index.ts';

export interface MaskedSpan {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Where the masker put placeholders, in the text as it was. */
export function maskedSpans(text: string, known: readonly string[] = []): MaskedSpan[] {
  const masker = createMasker({ known });
  const masked = masker.mask(text);
  if (masker.unmask(masked) !== text) throw new Error('The text did not come back as it was.');
  const spans: MaskedSpan[] = [];
  let at = 0;
  let from = 0;
  for (const match of masked.matchAll(/\[([A-Z]+)_\d+[b-z]?\]/g)) {
    at += match.index - from;
    const end = at + masker.unmask(match[0]).length;
    spans.push({ kind: match[1]!, start: at, end });
    at = end;
    from = match.index + match[0].length;
  }
  return spans;
}
