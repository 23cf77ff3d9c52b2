import { fold, tokenise } from './lexicon.ts';
import { signalsOf } from './signals.ts';

/** A thank-you is short; whoever writes more has more to say. */
const mostWords = 30;
/** Names: of whom one thanks, or one's own below it. */
const mostNames = 3;

/** All that is said by somebody who thanks and has nothing else to say. */
const closing = new Set(
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
  beim ersten versuch sofort gleich nett freundlich hilfreich echt wirklich ganz einfach passt stimmt genauso gold wert`
    .split(/\s+/)
    .map(fold),
);

/**
 * Whether a message says that all is well and nothing else: "Danke, jetzt klappt es!". Every word must be one of those
 * that such messages are made of, or a name; in doubt it is false, so that the ticket comes back and somebody looks:
 * "Danke, aber es geht nicht" and "Danke. Die Rechnung fehlt" are no success.
 */
export function isOnlyThanks(text: string): boolean {
  if (text.includes('?')) return false;
  const tokens = tokenise(text);
  if (tokens.words.length > mostWords) return false;
  const { thanks, frustration, wantsPerson, notWorking } = signalsOf(tokens);
  if (!thanks || frustration || wantsPerson || notWorking) return false;
  const others = tokens.words.flatMap((word, i) =>
    closing.has(word) ? [] : [text.slice(tokens.starts[i], tokens.ends[i])],
  );
  return others.length <= mostNames && others.every((word) => /^\p{Lu}[\p{L}\p{M}'’-]*$/u.test(word));
}
