import { Buffer } from 'node:buffer';
import { findOrders } from './find-orders.ts';
import { type Cut, cutOut, type Left, nothing } from './set-aside.ts';

/**
 * Runs of base64 or hexadecimal that spell a readable text. Keys, hashes and pictures decode to bytes and stay: a
 * customer may well paste a token into a question.
 */
export function setEncodedAside(text: string): Left {
  const cuts: Cut[] = [];
  for (const match of text.matchAll(/(?<![\w+/=-])[\w+/=-]{24,}(?:\r?\n[\w+/=-]{24,})*(?![\w+/=-])/g)) {
    const run = match[0].replaceAll(/\s/g, '');
    const decoded = decode(run);
    if (decoded !== null && (decoded.split(/\s+/).length >= 3 || findOrders(decoded).length > 0))
      cuts.push({ start: match.index, end: match.index + match[0].length, kind: 'encoded' });
  }
  return cuts.length === 0 ? nothing(text) : cutOut(text, cuts, ' ');
}

function decode(run: string): string | null {
  if (/^(?:[\da-f]{2})+$/i.test(run)) return readable(Buffer.from(run, 'hex'));
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run)) return null;
  return readable(Buffer.from(run, /[-_]/.test(run) ? 'base64url' : 'base64'));
}

/** Letters, blanks and the marks of prose; anything else is no text. */
function readable(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  const prose = text.replaceAll(/[^\p{L}\p{N} .,;:!?'"()\n-]/gu, '').length;
  return text.length >= 12 && /\s/.test(text) && prose / text.length > 0.95 ? text : null;
}
