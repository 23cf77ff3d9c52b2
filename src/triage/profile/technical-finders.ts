import { matchFrom } from '../../ml/index.ts';
import { type Finder, type Found, leadsToWord, type Place } from './entity.ts';
import { fileEndings } from './file-endings.ts';

const hexadecimal = /0x[0-9a-f]{2,16}(?![\p{L}\d])/iuy;
const httpStatus = /https?(?:\/\d(?:\.\d)?)?[ -]?(?:status|error|code|fehler|statuscode)?[ ]?([1-5]\d\d)(?!\d|\.\d)/iy;
const namedStatus =
  /([45]\d\d)[ ](?:bad (?:gateway|request)|not found|internal server error|service unavailable|forbidden|unauthori[sz]ed|gateway time-?out|too many requests)/iy;

/** "0x80070005", "502 Bad Gateway". */
export const findNumericError: Finder = (place) => {
  const { text, at, wordEnd } = place;
  if (!leadsToWord(place) || (wordEnd !== at + 3 && text[at] !== '0')) return null;
  const hex = matchFrom(hexadecimal, text, at);
  if (hex !== null) return { kind: 'error-code', value: hex[0], end: at + hex[0].length };
  const status = matchFrom(namedStatus, text, at);
  if (status === null) return null;
  return { kind: 'error-code', value: `HTTP ${status[1]}`, end: at + status[0].length };
};

/** Words that announce a code, folded. */
const errorWords = new Set(
  (
    'error errors errorcode fehler fehlercode fehlermeldung fehlernummer exit status statuscode fault stop stopcode stoerung ' +
    'stoerungscode sqlstate sqlcode bugcheck errno exitcode'
  ).split(' '),
);
const lead =
  /[ -]?((?:code|number|no|nr|nummer|id|message|status|meldung)(?![\p{L}\d])\.?)?[ ]?([:#=])?[ ]?(?:(?:is|was|lautet|ist|war)[ ])?["'„“(]?#?/iuy;
const code =
  /(?:0x[0-9a-fA-F]{2,16}|[A-Z]{1,10}[-_]?\d{1,8}(?:-\d{1,6})?|[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,24}){1,6}|\d{1,10}(?:[.-]\d{1,6})?)(?![\p{L}\d€$£%_]|[.,:]\d)/uy;
const counted =
  /[ ]?(?:%|€|\$|eur|euro|uhr|am\b|pm\b|times|mal|days?|tage|hours?|stunden|minut|users?|nutzer|of\b|von\b|percent|prozent|[ap]m\b)/iy;

/** "error 1603", "Fehlercode: F07", "exit code 137", "HTTP 502": the code, of HTTP with the word. */
export const findAnnouncedError: Finder = (place) => {
  const { text, at, word, wordEnd } = place;
  if (word === 'http' || word === 'https') {
    const status = matchFrom(httpStatus, text, at);
    return status === null ? null : { kind: 'error-code', value: `HTTP ${status[1]}`, end: at + status[0].length };
  }
  if (!errorWords.has(word)) return null;
  const head = matchFrom(lead, text, wordEnd)!;
  const from = wordEnd + head[0].length;
  const match = from === wordEnd ? undefined : matchFrom(code, text, from)?.[0];
  if (match === undefined || matchFrom(counted, text, from + match.length) !== null) return null;
  const marked = head[1] !== undefined || head[2] !== undefined || word.endsWith('code');
  if (!marked && /^\d$|^(?:19|20)\d\d$/.test(match)) return null;
  // "Status 3" and "Stop 24" are no codes.
  if (/^(?:status|stop|exit)$/.test(word) && !marked && !/^(?:[1-5]\d\d|0x.*)$/.test(match)) return null;
  return { kind: 'error-code', value: match, from, end: from + match.length };
};

const constant = /[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,24}){1,7}(?![\p{L}\d_])/uy;
const failing =
  /(?:^|_)(?:ERR|ERROR|FAIL|FAILED|FAILURE|DENIED|TIMEOUT|TIMED|REFUSED|RESET|INVALID|NOT|EXCEPTION|MISMATCH|VIOLATION|NXDOMAIN|FAULT|EXPIRED|UNREACHABLE|MANAGEMENT|UNKNOWN|CORRUPT|EXCEEDED|ABORTED)(?:_|$)/;
const exception = /(?:[A-Z][a-z0-9]{1,24}){1,6}(?:Exception|Error)(?![\p{L}\d])/uy;
const vendorCode =
  /(?:E(?:CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|NOTFOUND|NOENT|ACCES|PERM|ADDRINUSE|PIPE|HOSTUNREACH|AI_AGAIN)|AADSTS\d{4,9}|ORA-\d{3,5}|TNS-\d{3,5}|MSB\d{4}|SQL\d{4,5}N?)(?![\p{L}\d])/uy;

/** Codes that are names: "ERR_CONNECTION_RESET", "NullPointerException", "ECONNREFUSED", "ORA-12154". */
export const findNamedError: Finder = ({ text, at }) => {
  const found =
    matchFrom(vendorCode, text, at)?.[0] ?? matchFrom(exception, text, at)?.[0] ?? failingConstant(text, at);
  return found === undefined ? null : { kind: 'error-code', value: found, end: at + found.length };
};

/** A name in capitals with a word of failing in it; "DATABASE_URL" is none. */
function failingConstant(text: string, at: number): string | undefined {
  const found = matchFrom(constant, text, at)?.[0];
  return found !== undefined && failing.test(found) ? found : undefined;
}

const versionWords = new Set('version versionen versions ver release build firmware update upgrade auf to'.split(' '));
const afterVersion = /(?:[ -]?(?:no\.?|number|nummer|nr\.?)(?!\p{L}))?[ ]?[:=]?[ ]?(?:(?:is|ist|lautet|auf|to)[ ])?/iuy;
const versionNumber =
  /\d{1,5}(?:\.\d{1,5}){0,4}(?:[a-z](?!\p{L})|-?(?:alpha|beta|rc)[.-]?\d{0,3})?(?![\p{L}\d€$£%]|[,:]\d)/uy;
const short = /v(\d{1,4}(?:\.\d{1,5}){0,4}(?:-?(?:alpha|beta|rc)[.-]?\d{0,3})?)(?![\p{L}\d])/iuy;

/** "v2.3.1", "Version 5.4", "Update auf 10.2". */
export const findVersion: Finder = ({ text, at, word, wordEnd }) => {
  // "/v2/contacts" is an address.
  const abbreviated = text[at - 1] === '/' ? null : matchFrom(short, text, at);
  if (abbreviated !== null) return { kind: 'version', value: abbreviated[1]!, end: at + abbreviated[0].length };
  if (!versionWords.has(word)) return null;
  const from = wordEnd + matchFrom(afterVersion, text, wordEnd)![0].length;
  const match = from === wordEnd ? undefined : matchFrom(versionNumber, text, from)?.[0];
  if (match === undefined) return null;
  // Behind "update" a number without a point is a date or a count.
  if (!match.includes('.') && /^up|^auf$|^to$/.test(word)) return null;
  if (
    /^(?:auf|to)$/.test(word) &&
    !/(?:update|upgrade|umstieg|wechsel)\P{L}{0,2}$/iu.test(text.slice(Math.max(0, at - 10), at))
  )
    return null;
  const end = from + match.length;
  return matchFrom(counted, text, end) === null ? { kind: 'version', value: match, from, end } : null;
};

const threeParts = /\d{1,4}(?:\.\d{1,5}){2,4}(?![\p{L}\d]|[,:]\d)/uy;

/** "5.3.2" by itself, and any number right behind a product: "Windows 11". */
export const findBareVersion: Finder = (place) => {
  const { text, at, wordEnd, productEnd } = place;
  const behind = at === productEnd + 1 && text[productEnd] === ' ';
  if (!behind && text[wordEnd] !== '.') return null;
  const match = matchFrom(behind ? versionNumber : threeParts, text, at)?.[0];
  // "1.234.567" is one number, "32.13.2026" a mistyped date.
  if (match === undefined || /^\d{1,3}(?:\.\d{3})+$|\.(?:19|20)\d\d$/.test(match)) return null;
  const end = at + match.length;
  return behind && matchFrom(counted, text, end) !== null ? null : { kind: 'version', value: match, end };
};

const notOfFiles = new Set(' \t\r\n\u00a0<>"|?*,;\'„“”'.split(''));
const behindFiles = new Set(').]:!_'.split(''));
const longestPath = 200;

/** A sign that no path goes over; "(" only before a digit, as in "scan(1).pdf". */
function endsPath(text: string, at: number): boolean {
  const sign = text[at]!;
  if (sign !== '(') return notOfFiles.has(sign);
  const next = text.charCodeAt(at + 1);
  return !(next >= 48 && next <= 57);
}

/** Names of files by their ending, with the folders written before them. Looked for once between two such signs. */
export const findFile: Finder = (place) => {
  const { text, at, chunkEnd } = place;
  if (at > 0 && !endsPath(text, at - 1)) return null;
  let end = at;
  const limit = Math.min(chunkEnd, at + longestPath);
  while (end < limit && !endsPath(text, end)) end++;
  while (end > at && behindFiles.has(text[end - 1]!)) end--;
  return fileOf(place, text.slice(at, end));
};

function fileOf({ at }: Place, written: string): Found | null {
  const point = written.lastIndexOf('.');
  if (point < 1 || written.includes('@')) return null;
  const ending = written.slice(point + 1).toLowerCase();
  const name = written.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1, point);
  if (!fileEndings.has(ending) || name === '' || !/[\p{L}\d]/u.test(name)) return null;
  return { kind: 'file-name', value: written, end: at + written.length };
}
