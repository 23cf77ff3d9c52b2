import type { Span } from './kinds.ts';

const months =
  'jan(?:uar|uary)?|jänner|feb(?:ruar|ruary)?|mär(?:z)?|mar(?:ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?';
const date = String.raw`(?:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}(?:st|nd|rd|th|\.)? ?(?:${months})\.?,? ?\d{4}|(?:${months})\.? \d{1,2}(?:st|nd|rd|th)?,? ?\d{4})`;
const birth = new RegExp(
  String.raw`(?<![\p{L}])(?:geboren|geb\.|geb|geburtsdatum|geburtstag|date of birth|birth ?date|birthday|dob|d\.o\.b\.|born)(?: (?:am|on|is|ist|lautet|war|was|in))?[ :]{0,3}(?<value>${date})(?!\d)`,
  'giu',
);

/** Dates that a word calls the day of somebody's birth. */
export function findBirthDates(text: string): Span[] {
  return [...text.matchAll(birth)].map((match) => {
    const value = match.groups!['value']!;
    const start = match.index + match[0].length - value.length;
    return { kind: 'BIRTHDATE', start, end: start + value.length };
  });
}

const houseNumber = String.raw`\d{1,4} ?(?:[a-h](?![\p{L}\d]))?(?: ?[-/] ?\d{1,4}[a-h]?)?`;
const town = String.raw`(?:,? ?\n? ?(?:D-|A-|CH-)?\d{4,5} (?:(?:Bad|Sankt|St\.|Neu|Alt) )?\p{Lu}[\p{L}-]{1,30}(?: (?:am|an der|im|ob der|in der) \p{Lu}[\p{L}-]{1,20})?)`;
const capital = String.raw`\p{Lu}[\p{L}'’.]{0,24}`;
/** Endings that only streets have, and those that storage ("Speicherplatz 20") and English ("Monitoring 5") have, too. */
const surelyStreet = '(?:stra(?:ß|ss)e|str\\.|gasse|allee|chaussee)';
const maybeStreet = '(?:weg|platz|damm|ufer|ring|markt|hof|steig|stieg|graben|wall)';
const german = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?:(?:${capital}[ -]){0,2}(?:\p{Lu}\p{L}{1,24})?(?:${surelyStreet}|S(?:traße|trasse|tr\.)|Gasse|Allee|Chaussee)) ${houseNumber}${town}?|(?:(?:Am|An der|An den|Im|In der|Auf der|Auf dem|Zum|Zur|Unter den|Hinter dem) (?:${capital} ){0,2}${capital}|(?:${capital}[ -]){0,2}(?:\p{Lu}\p{L}{1,24})?(?:${maybeStreet}|Weg|Platz|Damm|Ufer|Ring|Markt)) ${houseNumber}${town}|Postfach \d[\d ]{0,8}\d${town}?)`,
  'gu',
);
const street =
  '(?:Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Ln\\.?|Drive|Boulevard|Blvd\\.?|Court|Crescent|Square|Terrace|Parkway|Highway|Hwy|Close)';
const unit = String.raw`(?:,? ?\n? ?(?:Flat|Apt\.?|Apartment|Suite|Unit|Floor|#) ?\w{1,6})`;
const place = String.raw`(?:,? ?\n? ?\p{Lu}[\p{L}'’-]{1,25}(?: \p{Lu}[\p{L}'’-]{1,25}){0,2}(?:,? [A-Z]{2})?(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}))?)`;
const english = new RegExp(
  String.raw`(?<![\p{L}\d.,])(?:\d{1,6}[A-Za-z]? (?:${capital} ){1,4}${street}(?![\p{L}])${unit}?${place}?${unit}?|P\.? ?O\.? Box \d{1,6}${place}?)`,
  'gu',
);
const flat = String.raw`\d{1,6} (?:${capital} ){1,4}(?:\d{1,5} )?(?:Apt\.?|Apartment|Suite|Unit) \d{1,5}${place}?`;
const romance = String.raw`\d{1,5},? (?:[Rr]ue|[Aa]venue|[Bb]oulevard) (?:(?:de|du|des|la|le|les|Al|El) ){0,2}${capital}(?: ${capital}){0,2}|(?:Calle|Via|Rua|Avenida|ul\.) ${capital}(?: ${capital}){0,2},? \d{1,5}`;
const abroad = new RegExp(String.raw`(?<![\p{L}\d.,])(?:${flat}|${romance})`, 'gu');
const labels =
  '(?:[Aa]dresse|[Aa]nschrift|[Aa]ddress|\\p{L}{3,12}(?:adresse|anschrift)|[Ww]ohnhaft(?: in)?|[Ii] live at|[Ww]ohne (?:in der|im|am|an der))';
const labelled = new RegExp(
  String.raw`(?<![\p{L}])${labels}(?: (?:is|ist|lautet))? ?:? ?\n?[ \t]*(?<value>(?:(?=\d{1,5} \p{Lu})|(?=\p{Lu}[^\n.!?;:]{2,40} \d{1,4}(?![\d.,]\d)))[\p{Lu}\d][^\n;!?:]{5,90})`,
  'gu',
);

/** Streets with a house number, and what follows a word such as "address:" on its line. O(length). */
export function findAddresses(text: string): Span[] {
  const found = [...text.matchAll(german), ...text.matchAll(english), ...text.matchAll(abroad)].map((match) =>
    span(match.index, match[0]),
  );
  const precise = [...found];
  for (const match of text.matchAll(labelled)) {
    const value = untilSentenceEnds(match.groups!['value']!);
    // "mail address: a@b.example", "IP address 10.0.0.5" and "address: https://…" are no place to live.
    if (
      /@|:\/\//.test(value) ||
      /(?:ip|mail|web|mac|internet|e-)[\s-]?$/i.test(text.slice(Math.max(0, match.index - 10), match.index))
    )
      continue;
    if (!/\p{L}{3}/u.test(value) || !/\d/.test(value)) continue;
    const start = match.index + match[0].lastIndexOf(match.groups!['value']!);
    // A street that was found of itself says better where the address ends.
    if (!precise.some((other) => other.start < start + value.length && other.end > start))
      found.push(span(start, value));
  }
  return found;
}

const span = (start: number, written: string): Span => ({
  kind: 'ADDRESS',
  start,
  end: start + written.trimEnd().length,
});

/** A full stop behind a word ends the address; "St." and "14b." do not. */
function untilSentenceEnds(value: string): string {
  const end =
    /[\p{L}\d]{2}\.(?= \p{Lu})(?<!(?:Str|St|Rd|Ave|str)\.)|(?:,| ) ?(?:bitte|please|und|and|danke|thanks|aber|but) /u.exec(
      value,
    );
  return end === null ? value.replace(/[.,]\s*$/, '') : value.slice(0, end.index + (/^[, ]/.test(end[0]) ? 0 : 2));
}
