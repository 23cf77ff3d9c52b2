/**
 * What a ticket says of its matter, without what stands in all mails of a sender or of a form: the signature, the mail
 * that is answered, the fields that say who writes. Ten colleagues share a signature and have ten problems: with six words
 * below "Kind regards" in common, two matters of a sentence each came to 0.99.
 *
 * In doubt it leaves the text as it is: what would leave fewer than three words is not done.
 */
export function matterOf(text: string): string {
  return [withoutQuotes, withoutFields, withoutSignature].reduce((left, remove) => {
    const kept = remove(left);
    return saysSomething(kept) ? kept : left;
  }, text);
}

const fewestWords = 3;

function saysSomething(text: string): boolean {
  const word = /[\p{L}\p{N}]+/gu;
  for (let words = 0; word.exec(text) !== null; ) if (++words === fewestWords) return true;
  return false;
}

/*
 * What may stand in front of a line is limited: a text of blanks must not cost more than another.
 */

const quotedLine = /^[ \t]{0,20}>/;
/** "On 3 May 2026, Ann wrote:", "Am 3. Mai schrieb Ann:", and what Outlook puts there. */
const quoteHead =
  /^[ \t]{0,20}(?:(?:on|am) [^\n]{1,200}(?:wrote|schrieb)[^\n]{0,100}:|-{3,} ?(?:original message|ursprüngliche nachricht|original-nachricht)[ -]*)[ \t]*$/iu;

const mayQuote = />|wrote|schrieb|---/i;

/** Quoted lines go; behind a heading everything does where no line is marked as quoted. */
function withoutQuotes(text: string): string {
  if (!mayQuote.test(text)) return text;
  const lines = text.split('\n');
  const head = lines.findIndex((line) => quoteHead.test(line));
  const marked = lines.some((line) => quotedLine.test(line));
  if (head >= 0 && !marked) return lines.slice(0, head).join('\n');
  return lines.filter((line) => !quotedLine.test(line) && !quoteHead.test(line)).join('\n');
}

/** Fields of a form that say who writes, and how; those that may say what is wrong are kept. */
const field =
  /^[ \t]{0,20}(?:(?:vor|nach|familien|first|last|full|your|ihr)?[ -]?name|anrede|salutation|titel|firma|unternehmen|company|organi[sz]ation|abteilung|department|kunde|customer|e-?mail(?:[- ]?adresse| address)?|tel(?:efon|\.)?|phone(?: number)?|telefonnummer|mobil|mobile|fax|adresse|address|anschrift|stra(?:ß|ss)e|street|plz(?:[ /]+ort)?|postleitzahl|zip(?: code)?|ort|stadt|city|land|country|kundennummer|customer (?:number|id)|version|kategorie|category|priorität|priority|datum|date|uhrzeit|time|sprache|language|gewünschte rückmeldung|preferred contact|newsletter|ip(?:[- ]?adresse| address)?|browser|gerät|[^\n:]{0,60}(?:datenschutz|privacy)[^\n:]{0,60})[ \t]*\*?:[^\n]{0,120}$/iu;
const formTitle = /^[^\n]{0,80}(?:kontaktformular|contact form|web-?formular|web form)[^\n]{0,80}$/iu;
/** Fewer lines that look so are no form. */
const fewestFields = 3;

function withoutFields(text: string): string {
  if (!text.includes(':')) return text;
  const lines = text.split('\n');
  const rest = lines.filter((line) => !field.test(line));
  if (lines.length - rest.length < fewestFields) return text;
  return rest.filter((line) => !formTitle.test(line)).join('\n');
}

/** Ends a letter wherever a sentence may begin. */
const closing =
  /(?:^|[.!?,;)\n])[ \t]*(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|(?:yours )?(?:sincerely|faithfully)(?: yours)?|mit (?:freundlichen|besten|herzlichen|vielen) gr[uü](?:ß|ss)en|(?:mit )?(?:viele|beste|liebe|schöne|freundliche|herzliche)n? gr[uü](?:ß|ss)en?|hochachtungsvoll)(?![\p{L}\p{N}])/iu;
/** Ends it only as a line of its own. */
const closingLine =
  /^[ \t]*(?:-- ?|_{5,}|regards|cheers|thanks|thank you|many thanks|danke|vielen dank|gr[uü](?:ß|ss)e?|lg|vg|mfg|sent from my [^\n]{1,40}|von meinem [^\n]{1,40} gesendet)[,.! \t]*$/imu;
/** What is added below a signature is matter again. */
const added = /(?:^|\n)[ \t]*(?:p\. ?s\.|ps ?:|nachtrag ?:)/iu;

function withoutSignature(text: string): string {
  const ends = [closing.exec(text), closingLine.exec(text)].flatMap((match) => (match === null ? [] : [match.index]));
  if (ends.length === 0) return text;
  const end = Math.min(...ends);
  const more = added.exec(text.slice(end));
  return more === null ? text.slice(0, end) : `${text.slice(0, end)}\n${text.slice(end + more.index)}`;
}
