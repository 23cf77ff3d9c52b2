import { tokenise } from '../../ml/index.ts';

/** Numbers up to twelve as words: a passage may write "vierzehn Tage" or "two weeks", a draft the digits. */
const numberWords: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['0', 'zero null'],
    ['1', 'one a an ein eine einen einem einer eines once einmal'],
    ['2', 'two twice zwei zweimal'],
    ['3', 'three drei'],
    ['4', 'four vier'],
    ['5', 'five fünf'],
    ['6', 'six sechs'],
    ['7', 'seven sieben'],
    ['8', 'eight acht'],
    ['9', 'nine neun'],
    ['10', 'ten zehn'],
    ['11', 'eleven elf'],
    ['12', 'twelve zwölf'],
    ['14', 'fourteen vierzehn'],
    ['24', 'twentyfour vierundzwanzig'],
    ['30', 'thirty dreißig'],
  ].flatMap(([digits, words]) => words!.split(' ').map((word) => [word, digits!])),
);

/** Every number of a text in one spelling: "1.000" and "1,000" → 1000, "5,00" → 5, "QH-1042" → 1042. */
export function numbersIn(text: string): Set<string> {
  const numbers = new Set<string>();
  for (const { text: word, parts } of tokenise(text))
    for (const piece of [word, ...parts]) if (/^\p{N}+(?:\.\p{N}+)?$/u.test(piece)) numbers.add(plainNumber(piece));
  return numbers;
}

/** The same, with the numbers that the text writes as words. */
export function numbersSaid(text: string): Set<string> {
  const numbers = numbersIn(text);
  for (const { text: word } of tokenise(text)) {
    const digits = Object.hasOwn(numberWords, word) ? numberWords[word] : undefined;
    if (digits !== undefined) numbers.add(digits);
  }
  return numbers;
}

function plainNumber(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The look-behinds let a long run be tried once and not at each character: 16,000 digits took 2 s without. */
const address =
  /https?:\/\/[^\s<>)\]]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\p{L}\d.-])(?:[\p{L}\d-]+\.)+(?:com|de|net|org|io|app|eu|uk|co|info|biz|dev|cloud|ai|ch|at|ru|cn|xyz|shop|online|site|top|link|me|ly|example)\b(?:\/[^\s<>)\]]*)?/giu;
const telephone = /(?:\+|\b00|\b0)\d(?:[ \u00a0/()-]{0,2}\d){5,}/gu;
const account = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}(?: ?[A-Z0-9]{1,3})?\b/gu;

/** Web and mail addresses, telephone numbers and IBANs of a text: where a customer would turn or pay to. */
export function addressesIn(text: string): Set<string> {
  const found = [...text.matchAll(address)].map(([a]) =>
    a
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[.,;:!?/]+$/, ''),
  );
  const accounts = [...text.matchAll(account)].map(([n]) => n);
  // An IBAN is not also a telephone number.
  const numbers = [...text.replaceAll(account, ' ').matchAll(telephone)].map(([n]) => n);
  const spoken = [...accounts, ...numbers].map((n) => n.replaceAll(/[^A-Z\d]/g, ''));
  return new Set([...found, ...spoken]);
}
