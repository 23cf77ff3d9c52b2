import { before, matchFrom } from '../../ml/index.ts';
import { type Finder, type Found, leadsToWord, type Place } from './entity.ts';

const monthNames =
  'january februar(?:y)? march april may june july august september october november december ' +
  'januar märz maerz mai juni juli oktober dezember jan feb mär mar apr jun jul aug sept? okt oct nov dez dec jänner';
const monthPattern = `(?:${monthNames.split(' ').join('|')})`;
const monthStarts = [
  'jan|jän',
  'feb',
  'mar|mär|mae',
  'apr',
  'may|mai',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct|okt',
  'nov',
  'dec|dez',
];
const monthNumbers = new Map(monthStarts.flatMap((starts, i) => starts.split('|').map((start) => [start, i + 1])));

const isoDate = /(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/y;
const pointed = /(\d{1,2})\.[ ]?(\d{1,2})\.(?:[ ]?(\d{4}|\d{2})(?![\d.]\d|\d))?/y;
const slashed = /(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/y;
const dashed = /(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)/y;
const dayThenMonth = new RegExp(
  String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?[ ](?:of[ ])?(${monthPattern})(?!\p{L})\.?(?:,?[ ](\d{4})(?!\d))?`,
  'iuy',
);
const monthThenDay = new RegExp(
  String.raw`(${monthPattern})\.?[ ](?:(\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.]\d)(?:,?[ ](\d{4})(?!\d))?|(\d{4})(?!\d))`,
  'iuy',
);

/** Dates that begin with a figure. What follows the figure says which of them it can be. */
export const findDate: Finder = (place) => {
  const { text, at, wordEnd } = place;
  const joint = text[wordEnd];
  if (leadsToWord(place)) {
    const named = matchFrom(dayThenMonth, text, at);
    if (named !== null) return dated(place, named[0], { day: named[1], month: monthNumber(named[2]!), year: named[3] });
  }
  if (joint === '.') return findPointed(place);
  if (joint !== '-' && joint !== '/') return null;
  const iso = matchFrom(isoDate, text, at);
  return iso === null ? findSlashed(place) : dated(place, iso[0], { year: iso[1], month: iso[2], day: iso[3] });
};

/** "12.03.2026"; "31.3." only behind a word that dates have before them, for paragraphs are numbered so, too. */
function findPointed(place: Place): Found | null {
  const match = matchFrom(pointed, place.text, place.at);
  if (match === null) return null;
  const [whole, day, month, year] = match;
  if (
    year === undefined &&
    !/(?:^|\P{L})(?:am|vom|zum|bis|seit|ab|dem|den|der|on|by|since)[ ]$/iu.test(before(place, 8))
  )
    return null;
  // "Release 10.4.21" in English is more often a version.
  if (year?.length === 2 && place.language !== 'de' && !/^0\d|^\d\d?\.0/.test(whole)) return null;
  return dated(place, whole, { day, month, year });
}

/** Day first, unless only month first makes a date; in English nobody knows when both do. */
function findSlashed(place: Place): Found | null {
  const match = matchFrom(slashed, place.text, place.at) ?? matchFrom(dashed, place.text, place.at);
  if (match === null) return null;
  const [whole, first, second, year] = match;
  const american = Number(second) > 12;
  const found = dated(
    place,
    whole,
    american ? { month: first, day: second, year } : { day: first, month: second, year },
  );
  const unclear = place.language !== 'de' && Number(first) <= 12 && Number(second) <= 12 && first !== second;
  return found !== null && unclear ? { ...found, value: whole } : found;
}

/** "March 12th, 2026", "März 2026". */
export const findMonth: Finder = (place) => {
  if (!monthNumbers.has(place.word.slice(0, 3)) && !place.word.startsWith('jae')) return null;
  const match = matchFrom(monthThenDay, place.text, place.at);
  if (match === null) return null;
  const [whole, name, day, year, yearAlone] = match;
  const month = monthNumber(name!);
  if (yearAlone === undefined) return dated(place, whole, { day, month, year });
  return { kind: 'date', value: `${yearAlone}-${pad(month)}`, end: place.at + whole.length };
};

const monthNumber = (name: string): string => String(monthNumbers.get(name.slice(0, 3).toLowerCase()) ?? 0);
const pad = (digits: string): string => digits.padStart(2, '0');
const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Parts {
  readonly day: string | undefined;
  readonly month: string | undefined;
  readonly year: string | undefined;
}

/** Null for what is no day of the calendar. */
function dated({ at }: Place, whole: string, { day = '', month = '', year }: Parts): Found | null {
  if (Number(day) < 1 || Number(day) > (daysOf[Number(month) - 1] ?? 0)) return null;
  const full = year === undefined ? '-' : year.length === 2 ? `20${year}` : year;
  return { kind: 'date', value: `${full}-${pad(month)}-${pad(day)}`, end: at + whole.length };
}

const weekday =
  '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)';
const span =
  '(?:week(?:end)?|month|year|quarter|night|morning|evening|woche(?:nende)?|monats?|jahr(?:es)?|quartals?|tage?n?|nacht)';
const count =
  '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|several|ein(?:e[mnr]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|ein paar|wenigen|einigen)';
const unit =
  '(?:minutes?|hours?|days?|weeks?|months?|years?|minuten?|stunden?|tag(?:en|e)?|wochen?|monat(?:en|e)?|jahr(?:en|e)?|werktagen?)';
/** By the first word, folded. Each is bounded and ends with a word. */
const relativePatterns: readonly (readonly [words: string, pattern: string])[] = [
  ['today tonight tomorrow yesterday heute gestern vorgestern uebermorgen', '\\p{L}+'],
  [weekday.slice(3, -1).replaceAll('|', ' '), '\\p{L}+'],
  [
    'next last this coming past naechste naechsten naechster naechstes letzte letzten letzter letztes kommende kommenden ' +
      'diese diesen dieser dieses vergangene vergangenen vorige vorigen',
    `\\p{L}+[ ](?:${weekday}|${span})`,
  ],
  ['in vor within', `\\p{L}+[ ](?:the[ ]next[ ]|den[ ](?:nächsten|letzten)[ ])?${count}[ ]${unit}`],
  ['a an one two three four five six seven eight nine ten several', `(?:a few|${count})[ ]${unit}[ ]ago`],
  ['end', 'end[ ]of[ ](?:the[ ]|this[ ]|next[ ])?(?:day|week|month|quarter|year)'],
  [
    'ende anfang mitte',
    '\\p{L}+[ ](?:(?:des|der|dieses|dieser|nächsten|nächster|kommenden)[ ])?(?:tages|woche|monats|quartals|jahres)',
  ],
];
const relative = new Map(
  relativePatterns.flatMap(([words, pattern]) => {
    const compiled = new RegExp(`${pattern}(?!\\p{L})`, 'iuy');
    return words.split(' ').map((word) => [word, compiled] as const);
  }),
);
const ago = new RegExp(`\\d{1,3}[ ]${unit}[ ]ago(?!\\p{L})`, 'iuy');

/** "next Monday", "gestern", "vor drei Wochen", "Ende des Monats": words, for they say no day by themselves. */
export const findRelativeDate: Finder = (place) => {
  const { text, at, word } = place;
  if (word === 'morgen') return isTomorrow(place) ? relativeOf(text, at, at + 6) : null;
  if (word === '' && !leadsToWord(place)) return null;
  const pattern = word === '' ? ago : relative.get(word);
  const match = pattern === undefined ? null : matchFrom(pattern, text, at);
  return match === null ? null : relativeOf(text, at, at + match[0].length);
};

const relativeOf = (text: string, at: number, end: number): Found => ({
  kind: 'date',
  value: text.slice(at, end).toLowerCase(),
  end,
});

/** "morgen" is tomorrow; "Guten Morgen", "am Morgen" and a mere "Morgen," are not. */
function isTomorrow(place: Place): boolean {
  const { text, at } = place;
  if (text[at] === 'm') return !/(?:guten|schönen)[ ]$/iu.test(before(place, 9));
  return /(?:^|[.!?\n][ \n]*)$/.test(before(place, 3)) && /^[ ]\p{Ll}/u.test(text.slice(at + 6, at + 8));
}

const clock = /([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?(?![\d:])[ ]?(a\.?m\.?|p\.?m\.?|uhr|h)?(?![\p{L}\d])/iuy;
const hour = /([01]?\d|2[0-4])[ \u00a0]?(?:(a\.?m\.?|p\.?m\.?|uhr)(?!\p{L})(?:[ ]([0-5]\d)(?!\d))?|o['’]clock)/iuy;

/** "14:30", "9.30 Uhr", "2 pm", "8 o'clock"; the value is of 24 hours. */
export const findTime: Finder = (place) => {
  const { text, at, wordEnd } = place;
  const joint = text[wordEnd];
  if (joint !== ':' && joint !== '.' && !leadsToWord(place)) return null;
  const full = matchFrom(clock, text, at);
  if (full !== null && (full[0].includes(':') || full[3] !== undefined))
    return timed(full[1]!, full[2]!, { half: full[3], end: at + full[0].trimEnd().length });
  const short = matchFrom(hour, text, at);
  if (short === null) return null;
  return timed(short[1]!, short[3] ?? '00', { half: short[2], end: at + short[0].length });
};

function timed(hours: string, minutes: string, { half, end }: { half: string | undefined; end: number }): Found {
  const twelve = /^[ap]/i.test(half ?? '');
  const afternoon = /^p/i.test(half ?? '');
  const of24 = twelve ? (Number(hours) % 12) + (afternoon ? 12 : 0) : Number(hours);
  return { kind: 'time', value: `${pad(String(of24))}:${minutes}`, end };
}
