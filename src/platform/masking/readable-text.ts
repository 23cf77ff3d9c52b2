/** A text as a reader sees it, and where each of its characters stands in what was written. */
export interface ReadableText {
  readonly text: string;
  /** Place in the written text of unit `at` of the readable one; its length at the end. */
  place(at: number): number;
}

const unusual =
  /[\u00ad\u00a0\u061c\u180e\u2000-\u2015\u2028-\u202f\u205f-\u2064\u2212\u3000\ufeff\uff01-\uff5e\u0660-\u0669]|[\ufe00-\ufe0f]/;

/**
 * Zero-width characters and soft hyphens are left out, wide blanks become blanks, full-width and Arabic digits and
 * letters become plain ones, hyphens of every kind "-": a number must not hide behind its spelling. O(length).
 */
export function readText(written: string): ReadableText {
  if (!unusual.test(written)) return { text: written, place: (at) => at };
  const places: number[] = [];
  let text = '';
  for (let at = 0; at < written.length; at++) {
    const character = plain(written.charCodeAt(at)) ?? written[at]!;
    if (character === '') continue;
    text += character;
    places.push(at);
  }
  places.push(written.length);
  return { text, place: (at) => places[at]! };
}

/** The plain character instead of an unusual one, '' for one that cannot be seen, null for any other. */
function plain(code: number): string | null {
  if (code < 0xa0) return null;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000)
    return ' ';
  if (code === 0x2028 || code === 0x2029) return '\n';
  if (isUnseen(code)) return '';
  if ((code >= 0x2010 && code <= 0x2013) || code === 0x2212) return '-';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x0660 && code <= 0x0669) return String.fromCharCode(code - 0x0660 + 48);
  return null;
}

const isUnseen = (code: number): boolean =>
  code === 0xad ||
  code === 0x61c ||
  code === 0x180e ||
  code === 0xfeff ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x2064) ||
  (code >= 0xfe00 && code <= 0xfe0f);
