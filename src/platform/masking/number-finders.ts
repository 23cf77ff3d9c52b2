import { before, findCard, findIban, findIpAddress, findPhone, type Shape } from '../../ml/index.ts';
import type { MaskKind, Span } from './kinds.ts';

/** Words that announce a number of the business, which a support case needs in clear. */
const stems =
  'order|bestell|auftrag|rechnung|invoice|beleg|kunde|customer|ticket|vorgang|serien|serial|artikel|article|tracking|sendung|paket|parcel|shipment|vertrag|contract|lizenz|licen[cs]e|version|firmware|referen|aktenzeichen|inventar|gerät|device|model|error|fehler|buchung|booking|transa';
const shortWords =
  'po|sn|id|ref|ean|gtin|imei|sku|case|fall|item|code|build|release|update|account|konto|az|v|rma|ups|dhl|page|seite';
const business = new RegExp(
  String.raw`(?:(?:${stems})\p{L}{0,16}|(?<!\p{L})(?:${shortWords}))[\s.:#=-]{0,3}(?:(?:nummer|number|nr|no|num|id|is|ist|lautet|was|war)(?!\p{L})[\s.:#-]{0,3}){0,2}(?:\p{L}{1,4}[ -]?)?(?:\d{1,8}[ -]){0,3}$`,
  'iu',
);
/** Numbers with a shape of their own that begin at a digit, "+" or "(". */
const starts =
  /(?<![\p{L}\d@_]|[\p{L}\d][.,:/_-]|[+])[+(]?\d|(?<![\p{L}\d])[A-Za-z]{2}\d{2}|(?<![\p{L}\d:])[0-9A-Fa-f]{0,4}:(?=[0-9A-Fa-f:])/gu;

const kinds: Readonly<Record<'card' | 'iban' | 'phone' | 'ip-address', MaskKind>> = {
  card: 'CARD',
  iban: 'IBAN',
  phone: 'PHONE',
  'ip-address': 'IP',
};

/** Accounts and cards by checksum, addresses of machines, telephone numbers that no word announces as something else. */
export function findShapedNumbers(text: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const { index: at } of text.matchAll(starts)) {
    if (at < from) continue;
    const shape = shapeAt(text, at);
    if (shape === null) continue;
    found.push({ kind: kinds[shape.kind], start: at, end: shape.end });
    from = shape.end;
  }
  return found;
}

type Numbered = Shape<'card' | 'iban' | 'phone' | 'ip-address'>;

function shapeAt(text: string, at: number): Numbered | null {
  const announced = before({ text, at }, 44);
  return (
    findIban({ text, at }) ??
    cardAt(text, at, announced) ??
    publicIpAt(text, at, announced) ??
    telephoneAt(text, at, announced)
  );
}

/** A number of the business with Luhn's checksum by chance (one in ten) is no card unless the word stands before it. */
function cardAt(text: string, at: number, announced: string): Numbered | null {
  const card = findCard({ text, at });
  if (card === null) return null;
  return business.test(announced) && !/(?:card|karte)/i.test(announced) ? null : card;
}

/** Addresses inside a private network name nobody outside of it, and "192.168.1.1" is an instruction, not a person. */
const private4 = /^(?:10|127|0|255)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./;
const versioned = /(?:version|build|release|firmware|update|windows|ios|android|v)[\s.:]{0,2}$/i;

function publicIpAt(text: string, at: number, announced: string): Numbered | null {
  const found = findIpAddress({ text, at });
  if (found === null || private4.test(found.value) || /^(?:::1?|fe80|f[cd])/i.test(found.value)) return null;
  return versioned.test(announced) ? null : found;
}

const dated = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)/;

function telephoneAt(text: string, at: number, announced: string): Numbered | null {
  const found = findPhone({ text, at });
  if (found === null || /^\(?000/.test(text.slice(at, at + 4)) || dated.test(text.slice(at, at + 12))) return null;
  return text[at] !== '+' && business.test(announced) ? null : found;
}
