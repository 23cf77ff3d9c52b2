import type { Span } from './kinds.ts';

const keys =
  /(?<![A-Za-z0-9])(?:sk-(?:[a-z]+-)?[A-Za-z0-9_-]{12,200}|gh[pousr]_[A-Za-z0-9]{16,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,200}|A(?:KIA|SIA)[A-Z0-9]{12,32}|AIza[\w-]{30,45}|(?:rk|pk|sk)_(?:live|test)_\w{10,200}|eyJ[\w-]{8,2000}\.[\w-]{4,4000}(?:\.[\w-]{4,2000})?|SG\.[\w-]{10,64}\.[\w-]{10,64})/g;
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{1,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;
const bearer = /(?<![A-Za-z])(?:Bearer|Basic)[ ]+(?<value>[A-Za-z0-9+/_.=-]{12,4000})/g;
const named =
  /(?<![\p{L}])(?:pass ?word|pass ?wort|pass ?phrase|passcode|kennwort|pwd|pw|login-?code|zugangscode|api[ -_]?(?:key|schlüssel|token)|access[ -_]?token|client[ -_]?secret|secret(?: key)?|token|schlüssel|key)(?<lead>\s{0,2}(?:[:=]|is|ist|lautet|was|war|war bisher)\s{0,2}|\s{1,2}(?=')|\s{0,2}(?=["„“»]))(?:["'„“»](?<quoted>[^"'“”«\n]{3,80})["'“”«]|(?<bare>[^\s"'„“<>,;]{4,200}))/giu;
const pin =
  /(?<![\p{L}])(?:pin|tan|cvc2?|cvv2?|prüfziffer|otp|sms-code|sicherheitscode|security code|verification code)(?: code)?\s{0,2}(?:[:=]|is|ist|lautet|war|was)?\s{0,2}(?<value>\d{3,8})(?![\d.,]?\d)/giu;

/** Passwords, keys and codes, behind the word that names them or by the beginning their makers give them. O(length). */
export function findSecrets(text: string): Span[] {
  return [
    ...spansOf(text.matchAll(keys)),
    ...spansOf(text.matchAll(privateKey)),
    ...spansOf(text.matchAll(bearer), 'value'),
    ...spansOf(text.matchAll(pin), 'value'),
    ...[...text.matchAll(named)].flatMap((match) => {
      const value = (match.groups?.['quoted'] ?? match.groups?.['bare'] ?? '').replace(/[.!?)\]]$/, '');
      const start = match.index + match[0].lastIndexOf(value);
      const said = match.groups?.['quoted'] !== undefined || isSecret(value, /[:=]/.test(match.groups?.['lead'] ?? ''));
      return said && value.length >= 3
        ? [{ kind: 'SECRET' as const, start, end: endWithSigns(text, start, value) }]
        : [];
    }),
  ];
}

/** "Sommer2026!": the sign at the end belongs to the password more often than to the sentence. */
const endWithSigns = (text: string, start: number, value: string): number => {
  const end = start + value.length;
  return text[end] === '!' || text[end] === '?' ? end + 1 : end;
};

/**
 * Whether what stands behind the word "password" looks like one: "is not working" and "vergessen" do not. A digit or a
 * sign within makes one; behind a colon capitals within the word do, too.
 */
function isSecret(value: string, afterColon: boolean): boolean {
  if (/^(?:https?:|www\.|\[)/i.test(value)) return false;
  if (/[\p{L}].*\d|\d.*[\p{L}]/u.test(value) || /[\p{L}\d][!#$%&*+=?@^_~][\p{L}\d]?/u.test(value)) return true;
  return afterColon && (/\p{Ll}\p{Lu}/u.test(value) || /^\d{4,}$/.test(value));
}

function spansOf(matches: Iterable<RegExpMatchArray>, group?: string): Span[] {
  return [...matches].map((match) => {
    const value = group === undefined ? match[0] : match.groups![group]!;
    const start = match.index! + match[0].lastIndexOf(value);
    return { kind: 'SECRET' as const, start, end: start + value.length };
  });
}
