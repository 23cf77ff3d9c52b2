/** What a UTF-16 code unit is to the scanner; 0 is anything else. */
export const word = 1;
export const space = 2;

const lower = new Uint16Array(65_536);
const kind = new Uint8Array(65_536);
let filled = false;

/** The tables cost 15 ms and 200 kB, so they are made on first use and not on import. */
function fillTables(): void {
  const isWord = /^[\p{L}\p{N}\p{M}_]$/u;
  const isSpace = /^[\s\p{Cc}\u200b\u2060\ufeff]$/u;
  for (let code = 0; code < 65_536; code++) {
    lower[code] = code;
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = String.fromCharCode(code);
    const lowered = text.toLowerCase();
    // A few characters become two when lower-cased (İ); their first unit is enough.
    lower[code] = lowered.charCodeAt(0);
    if (isWord.test(text)) kind[code] = word;
    else if (isSpace.test(text)) kind[code] = space;
  }
  filled = true;
}

export interface CharacterTables {
  /** Code unit → its lower case. */
  readonly lower: Uint16Array;
  /** Code unit → `word`, `space` or 0. Halves of surrogate pairs (emoji) are 0. */
  readonly kind: Uint8Array;
}

export function characterTables(): CharacterTables {
  if (!filled) fillTables();
  return { lower, kind };
}

/**
 * Compatibility composition (NFKC) only where it can change something: plain ASCII and Latin-1 letters,
 * so most tickets, are left alone. Ligatures, full-width forms and decomposed umlauts become plain.
 */
export function compose(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff || (code >= 0xa0 && code <= 0xbf)) return text.normalize('NFKC');
  }
  return text;
}
