import { excerpt, type Left, nothing } from './set-aside.ts';

/** No reader sees these; a model reads them. Joiners stay: scripts and emojis need them. */
const unseen = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;
const tags = /[\u{e0020}-\u{e007e}]{4,}/gu;

/**
 * Takes out characters that have no width, so that a word cannot be broken up by them. Letters of the block of tags
 * spell a text that nobody sees: it is told.
 */
export function readHiddenText(text: string): Left {
  const clean = text.replaceAll(unseen, '');
  if (clean.length === text.length) return nothing(text);
  const parts = [...text.matchAll(tags)].map((match) => ({
    kind: 'hidden-text' as const,
    text: excerpt([...match[0]].map((c) => String.fromCodePoint(c.codePointAt(0)! - 0xe0000)).join('')),
    at: match.index,
  }));
  return { text: clean, parts };
}
