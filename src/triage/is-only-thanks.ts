import { fold, type Tokens, tokenise } from './lexicon.ts';
import { signalsOf } from './signals.ts';

/** A thank-you is short; whoever writes more has more to say. */
const mostWords = 30;
/** Names: of whom one thanks, or one's own below it. */
const mostNames = 3;

/** All that is said by somebody who thanks and has nothing else to say. */
const closing = wordSet(
  `thank thanks thankyou thx ty cheers you u so very much many a lot million tons again for the your our this that it its it's
  all is was are were works working worked work fixed solved sorted resolved done fine now everything great good super perfect
  perfectly brilliant excellent awesome wonderful lovely amazing nice cool helpful helped help quick quickly fast prompt speedy
  reply replies answer response support assistance advice explanation information info tip hint patience time really
  did does the trick i'm i am we're we are me us my happy glad grateful pleased appreciate appreciated problem issue question
  ticket case closed can be close just to let know and of in with as well too here from yes ok okay oh wow hi hello hey dear
  team everyone everybody folks guys have has had day weekend evening week best kind kindest warm regards sincerely bye see
  that's what i needed wanted exactly right saved life lifesaver first try will do better again like charm up running back
  solution worth gold legend star you're

  danke dankeschön dank vielen herzlichen besten lieben schönen tausend nochmal nochmals noch einmal mal sehr recht merci super
  prima klasse toll perfekt bestens wunderbar spitze genial hervorragend ausgezeichnet großartig top einwandfrei gut gute guten
  für die der das den dem des ihre eure deine ihrer ihren euren euch ihnen dir sie ihr du ich wir mir uns hilfe schnelle schneller schnell rasche
  prompte freundliche nette tolle kompetente unkomplizierte antwort rückmeldung auskunft info information unterstützung erklärung
  tipp hinweis geduld mühe bearbeitung lösung service support hat haben hatte habe ist war sind geklappt funktioniert geholfen
  klappt läuft geht es jetzt nun alles wieder wie so und auch ja ok okay oh erledigt gelöst behoben geklärt problem frage fall ticket
  damit kann können geschlossen werden schließen genau was gesucht gebraucht brauchte wollte freut freue mich sich froh dankbar bin
  hallo hi hey guten tag morgen abend liebe lieber liebes team frau herr damen herren alle alles gute schönes schönen wochenende
  feierabend woche viele grüße gruß grüsse lg vg mfg mit freundlichen freundlichem beste herzliche tschüss ciao bis bald weiter
  beim ersten versuch sofort gleich nett freundlich hilfreich echt wirklich ganz einfach passt stimmt genauso gold wert`,
);

/** Matters: named without a word that they are over, they are not ("I have the problem again"). */
const matters = wordSet('problem issue question ticket case frage fall');
const over = wordSet(
  'solved fixed sorted resolved closed close done gone gelöst behoben erledigt geklärt geschlossen schließen',
);
/** What is again the case must be that it works: "again" alone is a relapse. */
const relapses = wordSet('again wieder');
const works = wordSet('works working worked running up fixed solved klappt geklappt läuft funktioniert geht');
/** The same when it stands right beside: "thanks again", "wieder gut". */
const beside = wordSet('thanks thank gut good perfekt');
/** Whoever wanted or has something, and begins with a question word, is not done unless it is what was wanted. */
const asking =
  /(?:^|[.!,;]\s*)(?:und |and )?(?:wie|how)\b|(?<!(?:what|exactly|was|genau das was) )\b(?:i|we|ich|wir) (?:wanted|needed|wollte|brauchte)\b|(?:^|[.!,;]\s*)(?:is|are|was|were|can|ist|sind|geht|kann) (?:it|this|that|the|i|you|we|es|das|der|die|ich|alles)\b/i;

/** Before a name: titles, greetings, thanks and farewells; nouns and sentences are capitalised, too. */
const beforeName = wordSet(
  `mr mrs ms miss dr prof frau herr herrn hi hello hallo hey dear liebe lieber thank thanks thx you much lot lots cheers danke dank dir ihnen
  euch help hilfe regards best sincerely grüße gruß grüsse lg vg mfg love yours bye von from`,
);
/** Titles with a full stop behind. */
const abbreviated = wordSet('mr mrs ms dr prof');
/** How names do not end, and nouns of a request do. */
const nounEnding = /(?:ung|ungen|tion|tions|keit|heit|ment|age|schaft|refund|cancel|problem)$/i;

/**
 * Whether a message says that all is well and nothing else: "Danke, jetzt klappt es!". Every word must be one of those
 * that such messages are made of, or a name in its place; in doubt it is false, so that the ticket comes back and
 * somebody looks: "Danke, aber es geht nicht", "Danke. Kündigung." and "Thanks, I have the problem again" are no success.
 */
export function isOnlyThanks(text: string): boolean {
  if (text.includes('?')) return false;
  const tokens = tokenise(text);
  if (tokens.words.length > mostWords) return false;
  const { thanks, frustration, wantsPerson, notWorking } = signalsOf(tokens);
  if (!thanks || frustration || wantsPerson || notWorking) return false;
  if (asking.test(text) || isUnfinished(tokens.words)) return false;
  return hasOnlyNamesBeside(tokens);
}

function isUnfinished(words: readonly string[]): boolean {
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  if (has(matters) && !has(over)) return true;
  const isAmong = (set: ReadonlySet<string>, i: number, reach: number) =>
    words.slice(Math.max(0, i - reach), i + reach + 1).some((word) => set.has(word));
  return words.some((word, i) => relapses.has(word) && !isAmong(works, i, 3) && !isAmong(beside, i, 1));
}

/** Whether every word that does not belong to a thank-you is a name: behind a greeting or thanks, or as a signature. */
function hasOnlyNamesBeside(tokens: Tokens): boolean {
  let names = 0;
  let lastName = -2;
  for (const [i, word] of tokens.words.entries()) {
    if (closing.has(word)) continue;
    const written = tokens.text.slice(tokens.starts[i], tokens.ends[i]);
    const before = tokens.words[i - 1] ?? '';
    const gap = tokens.text.slice(tokens.ends[i - 1] ?? 0, tokens.starts[i]);
    const signed = gap.includes('\n');
    const follows = signed || lastName === i - 1 || beforeName.has(before);
    const apart = !signed && !abbreviated.has(before) && /[.!;:]/.test(gap);
    if (!/^\p{Lu}[\p{L}\p{M}'’-]*$/u.test(written) || nounEnding.test(written)) return false;
    if (!follows || apart || ++names > mostNames) return false;
    lastName = i;
  }
  return true;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map(fold));
}
