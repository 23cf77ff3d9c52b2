const longest = 80;

const salutation =
  /^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|moin|servus|guten (?:tag|morgen|abend)|grüß gott|liebe[rs]?|sehr geehrte[rs]?)(?![\p{L}\p{N}])/iu;
/** A salutation of its own: at most this many words, and no question. */
const salutationWords = 8;
const opening = new RegExp(`${salutation.source}(?: (?:there|zusammen|team|all|everyone))?[,!.:]\\s+`, 'iu');
const title = String.raw`(?: (?:Dr|Mr|Mrs|Ms|Herr|Frau)\.?)?`;
const nameWord = String.raw` \p{Lu}[\p{L}'’-]+`;
/** After "I am" one capitalised word may be anything ("Ich bin Kunde, …"); two are a name. */
const introduction = new RegExp(
  `^(?:(?:[Mm]y name is|[Mm]ein Name ist|[Ii]ch heiße)${title}(?:${nameWord}){1,3}|(?:I am|I[’']m|[Tt]his is|[Ii]ch bin|[Hh]ier ist)${title}(?:${nameWord}){2,3})[,.!]\\s+`,
  'u',
);

/**
 * A message that comes without a subject gets its own beginning as one: cut at a word, never within a character. Who
 * writes greets first; "Guten Tag," says nothing in a list of tickets, and the classifier reads the subject with care.
 */
export function subjectOf(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  const line = withoutOpening((isSalutation(said[0] ?? '') ? said[1] : lines[0]) || said[0] || '');
  const characters = [...line];
  if (characters.length <= longest) return line;
  const blank = characters.lastIndexOf(' ', longest);
  return `${characters.slice(0, blank > longest / 2 ? blank : longest).join('')} …`;
}

const isSalutation = (line: string): boolean =>
  line.length <= longest && !line.includes('?') && salutation.test(line) && line.split(/\s+/).length <= salutationWords;

/** "Hello, my name is Sarah Parker. How …" begins at "How"; what is nothing but an opening stays. */
function withoutOpening(line: string): string {
  const rest = line.replace(opening, '').replace(introduction, '');
  return rest === '' ? line : rest;
}

/**
 * Subject of several messages that came in a row, parted by blank lines: in chats the first is often a mere greeting
 * ("Hallo" before a clear question cost the classifier 0.4 of its confidence). The first that asks, otherwise the longest.
 */
export function subjectOfBurst(text: string): string {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim() !== '');
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return subjectOf(parts.find((part) => part.includes('?') && /\p{L}+\s+\p{L}+/u.test(part)) ?? longest);
}
