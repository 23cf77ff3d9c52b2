/**
 * UTF-8 letters that were read as Windows-1252 ("fÃ¼r", "â€œ"), or a letter that was lost on the way. What stands after
 * Ã or Â in such a text is never a letter, so that "SÃO" and "Âge" are no signs of it.
 */
const garbled =
  /Ã[\u00a0-\u00bf\u20ac\u201a\u0192\u201e\u2026\u0178\u0153\u2013\u0161]|Â[\u00a0-\u00bf]|â€[\u0153\u009d\u2122\u02dc\u201c\u00a6]|\ufffd/;

export const looksGarbled = (text: string): boolean => garbled.test(text);
