/**
 * Words of English and German text for searching. Umlauts, digits and error codes survive: "QH-1042" is one
 * token with the parts "qh" and "1042", "E-Mail-Adresse" is "emailadresse" with "email" and "adresse",
 * "1.000" and "1,000" are both "1000", "4,50" and "4.50" are both "4.50".
 */
export interface Token {
  /** Lower case, NFKC; letters and digits only, besides the point of a decimal number. */
  readonly text: string;
  /** The pieces of a hyphenated word or of a number with its unit, at least two; empty for others. */
  readonly parts: readonly string[];
  /** Where it stands in the NFKC form of the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const wordPattern = /\p{N}+(?:[.,]\p{N}+)+(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+(?:[-‐‑'’_][\p{L}\p{M}\p{N}]+)*/gu;
const clitic = /['’](?:s|re|ve|ll|d|m)$/u;
const joiner = /[-‐‑'’_]/u;

/** Splits `text` into tokens, in order. Linear in the length of the text. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.normalize('NFKC').matchAll(wordPattern)) {
    const raw = match[0];
    const start = match.index;
    if (/^\p{N}+[.,]/u.test(raw)) pushNumber(tokens, raw, start);
    else tokens.push({ ...joinPieces(raw.toLowerCase()), start, end: start + raw.length });
  }
  return tokens;
}

function joinPieces(word: string): { text: string; parts: string[] } {
  const pieces = word.replace(clitic, '').split(joiner);
  const text = pieces.join('');
  if (pieces.length === 1) {
    // "50GB" is also "50" and "GB": documents and customers differ in the space.
    const amount = /^(\p{N}+)(\p{L}{1,4})$/u.exec(text);
    return { text, parts: amount ? [amount[1]!, amount[2]!] : [] };
  }
  // A single letter belongs to what follows: e-mail, E-Mail-Adresse, x-ray.
  const parts: string[] = [];
  let held = '';
  for (const piece of pieces) {
    if (piece.length === 1 && /\p{L}/u.test(piece)) held += piece;
    else {
      parts.push(held + piece);
      held = '';
    }
  }
  if (held !== '') parts.push(held);
  return { text, parts: parts.length > 1 ? parts : [] };
}

/** "1.000" and "10,000.50" group thousands, "4,50" is a decimal; "01.02.2025" stays three numbers. */
function pushNumber(tokens: Token[], raw: string, start: number): void {
  const value = readNumber(raw);
  if (value !== null) {
    tokens.push({ text: value, parts: [], start, end: start + raw.length });
    return;
  }
  for (const piece of raw.matchAll(/\p{N}+/gu)) {
    const at = start + piece.index;
    tokens.push({ text: piece[0], parts: [], start: at, end: at + piece[0].length });
  }
}

function readNumber(raw: string): string | null {
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?$/.exec(raw);
  if (grouped) {
    const whole = grouped[1]!.replace(/[.,]/g, '');
    return grouped[3] === undefined ? whole : `${whole}.${grouped[3]}`;
  }
  const decimal = /^(\d+)[.,](\d+)$/.exec(raw);
  return decimal ? `${decimal[1]}.${decimal[2]}` : null;
}
