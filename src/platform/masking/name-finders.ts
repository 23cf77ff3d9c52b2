import { isFirstName, mayBeFirstName } from './first-names.ts';
import type { Span } from './kinds.ts';
import { isNoName } from './no-names.ts';

/** A name, and whether its parts may be looked for in the rest of the conversation. */
export interface NameSpan extends Span {
  readonly kind: 'PERSON';
  readonly spreads: boolean;
}

const capital = String.raw`\p{Lu}(?:\.|[\p{L}\p{M}]{0,30}(?:['’-][\p{L}\p{M}]{1,30}){0,2})`;
const particle = '(?:von|van|zu|de|der|den|del|della|da|di|du|la|le|bin|al|el|ten|ter|dos|san)';
const name = `(?<name>(?:${particle} ){0,2}${capital}(?: (?:${particle} ){0,3}${capital}){0,3})`;
const edge = String.raw`(?<![\p{L}\p{M}\d])`;
const salutations = String.raw`(?:Dr|Prof|Dipl|Ing|Mag)\b\.?(?:-Ing\.)?`;
const titled = new RegExp(
  String.raw`${edge}(?:Herrn?|Frau|Fr\.|Hr\.|Mr|Mrs|Ms|Miss|Mx|Mister|Familie|Fam\.|Dr|Prof)\.? (?:${salutations} ){0,3}${name}`,
  'gu',
);
const lowerName = String.raw`(?<name>[\p{L}\p{M}'’-]{2,30}(?: [\p{L}\p{M}'’-]{2,30})?)`;
const introduced = new RegExp(
  String.raw`${edge}(?:[Mm]y name(?: is|['’]s)|[Mm]y full name is|[Mm]ein (?:voller )?Name (?:ist|lautet)|(?:[Ii]ch )?hei(?:ß|ss)e|[Hh]ier (?:spricht|schreibt)(?: (?:die|der))?|[Aa]ccount holder(?: is)?|[Kk]ontoinhaber(?:in)?(?: ist)?|[Cc]ard ?holder(?: name)?(?: is)?|[Kk]arteninhaber(?:in)?|[Vv]orname|[Nn]achname|[Ff]amilienname|[Ff]irst name|[Ll]ast name|[Ff]ull name|[Ss]urname) ?:? ?${name}`,
  'gu',
);
const introducedSmall = new RegExp(
  String.raw`${edge}(?:my name is|mein name ist|ich hei(?:ß|ss)e) ${lowerName}`,
  'giu',
);
const claimed = new RegExp(
  String.raw`${edge}(?:I am|I['’]m|[Tt]his is|[Ii]t['’]s|[Ii]ch bin(?: (?:die|der))?|[Hh]ier ist(?: (?:die|der))?|Name|Contact|Ansprechpartner(?:in)?|Kunde|Kundin|Customer|Empfänger|Recipient|From|Von|To|An|[Ss]poke (?:with|to)|[Cc]olleague|[Ff]orwarded from|Kolleg(?:e|in|en)) ?:? ?${name}`,
  'gu',
);
const greeted = new RegExp(
  String.raw`^[ \t>]*(?:[Hh]allo|[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Ll]iebe[rs]?|[Gg]uten (?:Tag|Morgen|Abend)|[Gg]ood (?:morning|afternoon|evening)|[Mm]oin|[Ss]ervus|[Ss]ehr geehrte[rs]?),? ${name}(?= ?[,!:\n]| ?$)`,
  'gmu',
);
const closers =
  '(?:[Gg]rü(?:ß|ss)en?|[Gg]ru(?:ß|ss)|[Gg]ruesse|LG|lg|VG|vg|MfG|mfg|MFG|[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks|[Tt]hank you|[Dd]anke|[Dd]ank|[Bb]est|[Ww]ishes|[Yy]ours|[Ff]aithfully|[Hh]ochachtungsvoll|[Vv]oraus|[Aa]dvance)';
const signedBelow = new RegExp(
  String.raw`${edge}${closers}[ ,.!-]{0,4}\r?\n[ \t\r\n>-]{0,8}(?:${salutations} ){0,3}${name}(?= ?(?:[,|(\n\r]|$))`,
  'gu',
);
const signedBeside = new RegExp(
  String.raw`${edge}${closers}[ ,.!-]{1,4}(?:${salutations} ){0,3}${name}(?= ?(?:[,.|(\n\r]|$))`,
  'gu',
);
const addressed = new RegExp(String.raw`${edge}${name} ?[<(](?=[^\s<>@]{1,64}@)`, 'gu');
const pair = new RegExp(`${edge}${capital} (?:${particle} ){0,3}${capital}(?: ${capital})?`, 'gu');

const given = new RegExp(
  `${edge}\\p{Lu}\\p{Ll}{2,20}(?:-\\p{Lu}\\p{Ll}{1,20})?(?![\\p{L}\\p{M}\\d@]|\\.\\p{L}|-\\p{L})`,
  'gu',
);
const labelled = new RegExp(
  String.raw`^[ \t>*-]*(?:(?:Ihr |My |Mein )?Name|Kunde|Kundin|Customer|Contact|Ansprechpartner(?:in)?)[ \t]*:[ \t]*${name}[ \t]*$`,
  'gmu',
);
const asked = new RegExp(
  String.raw`(?:[Yy]our (?:first |last |full )?name|[Ii]hr (?:voller )?Name|[Nn]ame on the account|[Mm]aiden name|[Gg]eburtsname)(?: is| ist)?[?:]?\s{1,3}(?:User: |Customer: |Kunde: )?${name}`,
  'gu',
);

/** How much of the words behind an announcement is a name: how many, or 0. `match` is the announcement with them. */
type Rule = (words: readonly string[], match: string) => number;
type WordRule = (words: readonly string[]) => number;

const particles = new Set('von van zu de der den del della da di du la le bin al el ten ter dos san'.split(' '));

/** Words up to the first that is surely no name; a "von" counts with the word behind it. */
function untilNoName(words: readonly string[]): number {
  const found = words.findIndex((word) => !particles.has(word) && isNoName(word));
  let end = found === -1 ? words.length : found;
  while (end > 0 && particles.has(words[end - 1]!)) end--;
  return end;
}
/** After Herr and Frau a second capitalised word is mostly a noun, unless the first is a first name. */
const afterTitle: Rule = (words, match) => {
  const most = untilNoName(words);
  const first = words.findIndex((word) => /^\p{Lu}/u.test(word));
  if (first === -1 || first >= most) return 0;
  if (/^(?:M|Dr|Prof)/.test(match)) return Math.min(most, first + 3);
  const isGiven = mayBeFirstName(words[first] ?? '') || words[first]?.endsWith('.') === true;
  return Math.min(most, isGiven ? first + 3 : first + 1);
};
const whole: WordRule = (words) => (untilNoName(words) === words.length ? words.length : 0);
const anyBeginning: WordRule = (words) => Math.min(untilNoName(words), 4);
const withFirstName: WordRule = (words) => (mayBeFirstName(words[0] ?? '') ? anyBeginning(words) : 0);
/** A certain first name with a capitalised word behind it; a doubtful one alone says nothing. */
const claimedName: WordRule = (words) => {
  const most = anyBeginning(words);
  return isFirstName(words[0] ?? '') || (mayBeFirstName(words[0] ?? '') && most >= 2) ? most : 0;
};
const wholeWithFirstName: WordRule = (words) => (mayBeFirstName(words[0] ?? '') || words.length > 1 ? whole(words) : 0);
const certainPair: WordRule = (words) =>
  isFirstName(words[0] ?? '') ? (anyBeginning(words) >= 2 ? anyBeginning(words) : 0) : 0;

const rules: readonly { readonly pattern: RegExp; readonly rule: Rule; readonly spreads: boolean }[] = [
  { pattern: titled, rule: afterTitle, spreads: true },
  { pattern: introduced, rule: anyBeginning, spreads: true },
  {
    pattern: introducedSmall,
    rule: (words) => (mayBeFirstName(words[0] ?? '') ? untilSmall(words) : 0),
    spreads: true,
  },
  { pattern: claimed, rule: claimedName, spreads: true },
  // "Dear Accounts Receivable", "Liebe Redaktion": without a first name it is as often a department.
  { pattern: greeted, rule: (words) => (mayBeFirstName(words[0]!) ? whole(words) : 0), spreads: false },
  { pattern: signedBelow, rule: whole, spreads: true },
  { pattern: signedBeside, rule: wholeWithFirstName, spreads: true },
  { pattern: addressed, rule: (words) => (words.length > 1 ? whole(words) : withFirstName(words)), spreads: true },
  { pattern: pair, rule: certainPair, spreads: true },
  { pattern: labelled, rule: (words) => (words.length > 1 ? whole(words) : 0), spreads: true },
  { pattern: asked, rule: anyBeginning, spreads: true },
  // Of itself a first name says who, not that others of that name are meant.
  { pattern: given, rule: (words) => (isFirstName(words[0]!) ? 1 : 0), spreads: false },
];

/** Words behind a small first name that may be the surname: not "my name is anna and". */
function untilSmall(words: readonly string[]): number {
  const second = words[1];
  return second === undefined || isNoName(second) || second.length < 3 ? 1 : 2;
}

/** Names where a title, an introduction, a greeting, a closing or a first name says that they are names. O(length). */
export function findNames(text: string): NameSpan[] {
  return rules.flatMap(({ pattern, rule, spreads }) => {
    const found: NameSpan[] = [];
    for (const match of text.matchAll(pattern)) {
      const written = match.groups?.['name'] ?? match[0];
      const from = match.index + match[0].lastIndexOf(written);
      const words = written.split(' ');
      const count = rule(words, match[0]);
      if (count <= 0) continue;
      const kept = words.slice(0, count).join(' ');
      found.push({ kind: 'PERSON', start: from, end: from + withoutGenitive(kept).length, spreads });
    }
    return found;
  });
}

/** "Sommerfeld's": the name without what the sentence added. */
const withoutGenitive = (written: string): string => written.replace(/['’]s$/, '');
