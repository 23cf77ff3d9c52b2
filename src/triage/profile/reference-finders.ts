import { before, findCard, findIban, matchFrom } from '../../ml/index.ts';
import type { EntityKind } from '../../ticket/index.ts';
import { findDate, findTime } from './date-finders.ts';
import type { Finder, Found, Place } from './entity.ts';
import { findAmount } from './payment-finders.ts';

/** Words that announce a number, folded; one that ends with "nummer" or "nr" announces nothing else. */
const announcements: Readonly<Partial<Record<EntityKind, string>>> = {
  'order-number':
    'order orders purchase bestellung bestellungen bestellnummer bestellnr bestell auftrag auftraege auftragsnummer auftragsnr auftrags po',
  'invoice-number':
    'invoice invoices bill receipt rechnung rechnungen rechnungsnummer rechnungsnr rechnungs beleg belegnummer belegnr gutschrift',
  'ticket-number':
    'ticket tickets ticketnummer ticketnr case incident request vorgang vorgangsnummer vorgangs fall fallnummer anfrage stoerungsnummer meldungsnummer',
  'customer-number':
    'customer client account member membership kunde kundin kundennummer kundennr kunden kd kdnr konto kontonummer mitglied mitgliedsnummer mitglieds',
  'reference-number':
    'tracking shipment parcel sendung sendungsnummer sendungs paket paketnummer contract vertrag vertragsnummer vertrags serial ' +
    'seriennummer serien reference ref aktenzeichen az referenz referenznummer zeichen artikelnummer artikel geraetenummer booking buchung ' +
    'buchungsnummer reservation transaction transaktion transaktionsnummer versicherungsnummer policennummer lizenznummer',
};
const kindOfWord = new Map(
  Object.entries(announcements).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind as EntityKind])),
);

const lead =
  /\.?(?:[-–][ ]?|[ ])?((?:numbers?|no|nr|nummer|num|id|code)(?![\p{L}\d])\.?)?[ ]?([:#=])?[ ]?(?:(?:is|was|lautet|ist|war|mit der nummer)[ ])?[„"“]?(#)?/iuy;
const identifier =
  /[A-Za-z]{0,8}[-_]?\d[A-Za-z0-9]{0,24}(?:(?:[-/_]|\.(?=\d))[A-Za-z0-9]{1,16}){0,4}(?![\p{L}\d€$£%])/uy;
const counted =
  /[ ](?:stück|pieces|units?|items?|users?|seats?|licen[cs]es|lizenzen|nutzer|plätze|x|mal|times|days?|tage|wochen|monate|minuten|€|eur|euro|dollars?|%|prozent|percent)/iuy;

/** The number behind "order", "Kd-Nr.", "Aktenzeichen" … The entity is the number, not the word. */
export const findAnnouncedNumber: Finder = (place) => {
  const kind = kindOfWord.get(place.word);
  if (kind === undefined) return null;
  const { text, wordEnd } = place;
  const head = matchFrom(lead, text, wordEnd)!;
  const from = wordEnd + head[0].length;
  // "orders2": what goes on as a word is none of ours.
  if (from === wordEnd) return null;
  const marked =
    /(?:nummer|nr)$/.test(place.word) || head[1] !== undefined || head[2] !== undefined || head[3] !== undefined;
  const match = matchFrom(identifier, text, from)?.[0];
  if (match === undefined || !isIdentifier(match, marked)) return null;
  const end = from + match.length;
  if (
    (!marked && matchFrom(counted, text, end) !== null) ||
    isSomethingElse({ ...place, at: from, wordEnd: from + /^\d*/.exec(match)![0].length })
  )
    return null;
  return { kind, value: match, from: head[3] === '#' && kind === 'reference-number' ? from - 1 : from, end };
};

const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/.test(digits);

/** Behind "number" nearly anything with a digit is one; without it neither a year nor a count may be. */
function isIdentifier(written: string, marked: boolean): boolean {
  const digits = written.replace(/\D/g, '').length;
  if (marked) return written.length >= 3 || digits >= 2;
  if (isYear(written)) return false;
  return /^[a-z]/i.test(written) ? digits >= 2 && /[-_]|\d{3}/.test(written) && /^[A-Z]/.test(written) : digits >= 4;
}

/** A card is a card whatever is said before it; so are dates, times and amounts. */
const isSomethingElse = (place: Place): boolean =>
  findCard(place) !== null ||
  findIban(place) !== null ||
  findAmount(place) !== null ||
  findTime(place) !== null ||
  findDate(place) !== null;

const kindOfPrefix: Readonly<Record<string, EntityKind>> = {
  RE: 'invoice-number', RG: 'invoice-number', INV: 'invoice-number', ORD: 'order-number', PO: 'order-number',
  TICKET: 'ticket-number', TKT: 'ticket-number', TCK: 'ticket-number', INC: 'ticket-number', REQ: 'ticket-number',
  CASE: 'ticket-number', CHG: 'ticket-number', PRB: 'ticket-number', KD: 'customer-number', CUST: 'customer-number',
}; // biome-ignore format: a table
const prefixed = /([A-Z]{2,10})([-_]?)(\d{3,12})((?:[-/]\d{1,8}){0,3})(?![\p{L}\d])/uy;
/** Standards and ciphers look the same. */
const noPrefix = new Set('ISO SHA AES UTF RFC DIN IEC COVID CVE USB RS KB MD TLS EU EG UN A B'.split(' '));
const ofErrors = /(?:error|fehler|code|meldung|shows|zeigt|says|sagt)[^.!?\n]{0,24}$/i;

/** "RE-2024-001", "INC0012345", "ABC-1234". */
export const findPrefixedNumber: Finder = (place) => {
  const match = matchFrom(prefixed, place.text, place.at);
  if (match === null) return null;
  const [whole, prefix, joint] = match;
  const known = kindOfPrefix[prefix!];
  const end = place.at + whole.length;
  if (known !== undefined) return { kind: known, value: whole, end };
  if (joint !== '-' || noPrefix.has(prefix!)) return null;
  const isError = place.errorPrefixes.has(prefix!) || ofErrors.test(before(place, 36));
  return { kind: isError ? 'error-code' : 'reference-number', value: whole, end };
};

const hashed = /#([A-Z]{0,4}-?\d{3,12})(?![\p{L}\d])/uy;

/** "#12345" by itself. */
export const findHashedNumber: Finder = ({ text, at }): Found | null => {
  const match = matchFrom(hashed, text, at);
  return match === null ? null : { kind: 'reference-number', value: match[1]!, end: at + match[0].length };
};
