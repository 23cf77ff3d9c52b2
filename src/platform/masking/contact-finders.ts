import { before, findEmail, findUrl } from '../../ml/index.ts';
import type { Span } from './kinds.ts';

/** "maria (at) example (dot) com", "max at web dot de": written so that no machine reads it. */
const spelled =
  /(?<![\p{L}\d])[\w.+-]{1,64} ?(?:\((?:at|ät)\)|\[(?:at|ät)\]|\{at\}| at ) ?[\w-]{1,63}(?: ?(?:\((?:dot|punkt)\)|\[(?:dot|punkt)\]| dot | punkt |\.) ?[a-z]{2,24}){1,3}(?![\p{L}\d])/giu;
const localPart = /[\w.%+'äöüßÄÖÜ-]{1,64}$/u;

/** E-mail addresses, plain and spelled out. Looks back from each "@", so the time is linear. */
export function findEmails(text: string): Span[] {
  const found: Span[] = [];
  for (let sign = text.indexOf('@'); sign !== -1; sign = text.indexOf('@', sign + 1)) {
    const local = localPart.exec(before({ text, at: sign }, 64))?.[0] ?? '';
    // A quote or a dot in front belongs to the sentence.
    const start = sign - local.replace(/^['.%+-]+/, '').length;
    const email = start === sign ? null : findEmail({ text, at: start });
    if (email !== null) found.push({ kind: 'EMAIL', start, end: email.end });
  }
  for (const match of text.matchAll(spelled)) {
    const bracketed = /[([{]\s?(?:at|ät)\s?[)\]}]/i.test(match[0]) || / at .* dot /i.test(match[0]);
    if (bracketed) found.push({ kind: 'EMAIL', start: match.index, end: match.index + match[0].length });
  }
  return found;
}

const webStarts = /(?<![\p{L}\d])(?:https?:\/\/|s?ftp:\/\/|www\.)/giu;
const keyed =
  /[?&#;](?:[\w-]{0,20}(?:token|secret|signature|session|passw|otp|hash|jwt|ticketkey)[\w-]{0,20}|key|api[_-]?key|sig|sid|auth|code|pin|pwd|email|mail|user|username)=[^&#]{4,}/i;
const withPassword = /^\w+:\/\/[^/@]{1,200}@/;
const randomPart = /\/(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{28,}(?:[/?#]|$)/;

/** Web addresses that let somebody in: a password, a token or a session in them. Others say what a case is about. */
export function findPrivateLinks(text: string): Span[] {
  const found: Span[] = [];
  for (const { index: at } of text.matchAll(webStarts)) {
    const url = findUrl({ text, at });
    if (url === null) continue;
    const written = text.slice(at, url.end);
    if (keyed.test(written) || withPassword.test(written) || randomPart.test(written))
      found.push({ kind: 'URL', start: at, end: url.end });
  }
  return found;
}
