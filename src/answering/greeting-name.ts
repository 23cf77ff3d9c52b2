const nameWord =
  /^(?:\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*|\p{Lu}\.|(?:von|van|de|der|den|zu|zur|da|di|del|bin|al|la|le))$/u;
/** Names of mailboxes and roles, and words that no name begins with. */
const noName =
  /^(?:support|info|kontakt|contact|admin\p{L}*|service|team|sales|vertrieb|office|büro|buchhaltung|accounting|billing|customer|kunde|kundin|user|nutzer\p{L}*|guest|gast|test|unknown|unbekannt|anonym\p{L}*|anonymous|system|assistant|herr|frau|mr|mrs|ms|dr|prof|ignore|ignorier\p{L}*|gmbh|ag|inc|ltd|llc)$/iu;

/**
 * The name a greeting may use, or nothing. A wrong name is worse than none: it has to look like the name of a person
 * (up to four words, capital letters, no digits), a message that is signed with another name gets none, and one word
 * alone counts only where the message is signed with it. No title is ever made of it: nobody knows Frau from Herr by
 * a name.
 */
export function greetingName(name: string | null, message: string): string {
  const words = (name ?? '').normalize('NFC').trim().split(/\s+/u);
  if (words.length > 4 || words.join(' ').length > 60) return '';
  if (!words.every((word) => nameWord.test(word)) || words.some((word) => noName.test(word.replace('.', ''))))
    return '';
  if (!/^\p{Lu}.*\p{Ll}/u.test(words.at(-1)!)) return '';
  const signed = signatureOf(message);
  const own = words.map((word) => word.toLowerCase());
  const agrees = signed.some((word) => own.includes(word));
  return agrees || (signed.length === 0 && words.length > 1) ? words.join(' ') : '';
}

const closing =
  /^(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|sincerely|yours|cheers|many thanks|thanks|mit (?:freundlichen|besten|herzlichen) gr[uü](?:ß|ss)en|(?:viele|beste|liebe|schöne|freundliche|herzliche) gr[uü](?:ß|ss)e|gr[uü](?:ß|ss)e?|lg|vg|mfg)[,.! ]*$/iu;

/** Words of the line below the closing formula, lower case; none when it is not plainly a name. */
function signatureOf(message: string): string[] {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-4);
  const at = lines.findLastIndex((line) => closing.test(line));
  const words = (lines[at + 1] ?? '').replace(/[,.]$/u, '').split(/\s+/u);
  if (at === -1 || words.length > 3 || !words.every((word) => nameWord.test(word))) return [];
  return words.map((word) => word.toLowerCase());
}
