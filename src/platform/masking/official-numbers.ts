import type { MaskKind, Span } from './kinds.ts';

interface Official {
  readonly kind: MaskKind;
  readonly pattern: RegExp;
  /** Whether the compact number has the checksum of its kind; true where it has none. */
  readonly checks: (compact: string) => boolean;
  /** Words before it that make it one whatever its checksum says. */
  readonly announced: RegExp;
  /** Whether the checksum alone is enough. */
  readonly sure: boolean;
}

const taxWords =
  /(?:steuer-?id\w*|identifikationsnummer|idnr\.?|steuernummer|tax[\s-]?(?:id|number|payer)\w*|tin)[^\n\d]{0,20}$/i;
const pensionWords =
  /(?:rentenversicherung\w*|sozialversicherung\w*|sv-?nummer|rv-?nummer|svnr\.?|rvnr\.?)[^\n\d]{0,20}$/i;
const healthWords =
  /(?:krankenversicher\w*|versicherten-?(?:nummer|nr)\w*|kvnr\.?|kvn|health insurance)[^\n\d]{0,24}$/i;
const cardWords =
  /(?:personalausweis|ausweis|reisepass|pass(?:port)?|führerschein|identity card|id[- ]card|driver['’]?s? licen[cs]e|driving licen[cs]e)[\s-]?(?:nummer|nr\.?|number|no\.?)?(?:\s(?:is|ist|lautet))?[\s:.#]{0,3}$/i;
const socialWords = /(?:ssn|social security)[^\n\d]{0,20}$/i;
/** What announces a number of the business; its checksum is right by chance once in ten. */
const businessWords =
  /(?:order|bestell\w*|auftrag\w*|rechnung\w*|invoice|kunde\w*|customer|ticket|case|vorgang\w*|serien\w*|serial|artikel\w*|tracking|sendung\w*|paket|vertrag\w*|lizenz\w*|licen[cs]e|ref\w*|account|konto)[^\n\d.!?]{0,16}$/i;

const officials: readonly Official[] = [
  {
    kind: 'TAXID',
    pattern: /(?<![\d.,/+-])[1-9]\d(?:[ ]?\d{3}){3}(?![\d]|[.,]\d)/g,
    checks: isTaxId,
    announced: taxWords,
    sure: true,
  },
  {
    kind: 'PENSIONID',
    pattern: /(?<![\p{L}\d])\d{2}[ ]?\d{6}[ ]?[A-Za-z][ ]?\d{2}[ ]?\d(?![\p{L}\d])/gu,
    checks: isPensionId,
    announced: pensionWords,
    sure: true,
  },
  {
    kind: 'HEALTHID',
    pattern: /(?<![\p{L}\d])[A-Z][ ]?\d{9}(?![\p{L}\d])/gu,
    checks: isHealthId,
    announced: healthWords,
    sure: true,
  },
  {
    kind: 'IDCARD',
    pattern: /(?<![\p{L}\d])(?=[A-Z]{0,8}\d)[A-Z0-9]{6,15}(?![\p{L}\d])/gu,
    checks: () => false,
    announced: cardWords,
    sure: false,
  },
  {
    kind: 'SSN',
    pattern: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g,
    checks: () => true,
    announced: socialWords,
    sure: true,
  },
];

/** Numbers that offices and insurers give to a person: by checksum, or behind the word that names them. O(length). */
export function findOfficialNumbers(text: string): Span[] {
  return officials.flatMap(({ kind, pattern, checks, announced, sure }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const start = match.index;
      const lead = text.slice(Math.max(0, start - 44), start);
      const isOne = announced.test(lead) || (sure && checks(match[0].replaceAll(' ', '')) && !businessWords.test(lead));
      return isOne ? [{ kind, start, end: start + match[0].length }] : [];
    }),
  );
}

/**
 * German tax identification number: eleven digits, one of the first ten twice or three times and the others once at
 * most, and the check digit of ISO 7064 MOD 11,10.
 */
export function isTaxId(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const counts = Array.from({ length: 10 }, (_, d) => digits.slice(0, 10).split(String(d)).length - 1);
  const repeated = counts.filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** German pension insurance number: area, date of birth, first letter of the name, serial number, weighted digit sums. */
export function isPensionId(written: string): boolean {
  const match = /^(\d{2})(\d{2})(\d{2})(\d{2})([A-Z])(\d{2})(\d)$/i.exec(written);
  if (match === null || Number(match[3]) < 1 || Number(match[3]) > 12) return false;
  // Fifty is added to the day where two people were born alike.
  const day = Number(match[2]) % 50;
  if (day < 1 || day > 31) return false;
  const digits = written.slice(0, 8) + letterDigits(match[5]!) + match[6];
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = weights.reduce((total, weight, i) => total + digitSum(Number(digits[i]) * weight), 0);
  return sum % 10 === Number(match[7]);
}

/** German health insurance number of a person: a letter and nine digits, weights 1 and 2 in turn, digit sums. */
export function isHealthId(written: string): boolean {
  if (!/^[A-Z]\d{9}$/i.test(written)) return false;
  const digits = letterDigits(written[0]!) + written.slice(1, 9);
  const sum = [...digits].reduce((total, digit, i) => total + digitSum(Number(digit) * (i % 2 === 0 ? 1 : 2)), 0);
  return sum % 10 === Number(written[9]);
}

const letterDigits = (letter: string): string => String(letter.toUpperCase().charCodeAt(0) - 64).padStart(2, '0');
const digitSum = (value: number): number => Math.floor(value / 10) + (value % 10);
