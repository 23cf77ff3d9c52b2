import { fold, tokenise } from './lexicon.ts';

/** "Guten Morgen zusammen, liebes Team" is a greeting; whoever writes more has more to say. */
const mostWords = 8;

/** What greets by itself. */
const greetings = phraseSet(
  `hi|hello|hey|heya|hiya|howdy|hallo|hallöchen|hallihallo|moin|moinmoin|servus|grüezi|salü|gruss gott|grüß gott|grüss gott
  |grüß dich|grüss dich|grüß euch|guten tag|guten morgen|guten abend|schönen guten tag|schönen guten morgen|schönen guten abend
  |einen schönen guten tag|einen guten tag|tag|tach|morgen|mahlzeit|gude|n'abend|nabend
  |good morning|good afternoon|good evening|good day|morning|afternoon|evening|greetings`,
);
/** Whom one greets: only behind a greeting. */
const greeted = phraseSet(
  `there|all|everyone|everybody|team|folks|guys|again|to you|dear team|support|support team|sir|madam|sir or madam
  |zusammen|alle|allerseits|miteinander|leute|ihr|ihr lieben|liebes team|nochmal|noch einmal|wieder|an alle|in die runde
  |und guten tag|und guten morgen|und guten abend`,
);
const mostWordsInPhrase = 4;

/**
 * Whether a message greets and says nothing else: "Hello there!", "Moin zusammen", "Hi hi". Every word must belong to a
 * greeting or to those who are greeted; in doubt it is false, so that the message is answered: "Hello? Anybody there?"
 * waits for somebody, and "Guten Tag, Rechnung falsch" has a matter. O(words), at most 8 are looked at.
 */
export function isOnlyGreeting(text: string): boolean {
  const { words } = tokenise(text);
  if (words.length > mostWords) return false;
  let at = 0;
  while (at < words.length) {
    const taken = wordsOfPhrase(greetings, words, at) || (at > 0 ? wordsOfPhrase(greeted, words, at) : 0);
    if (taken === 0) return false;
    at += taken;
  }
  return at > 0;
}

/** How many words from `at` on are a phrase of the set, the longest one; 0 for none. */
function wordsOfPhrase(phrases: ReadonlySet<string>, words: readonly string[], at: number): number {
  for (let count = mostWordsInPhrase; count > 0; count--)
    if (at + count <= words.length && phrases.has(words.slice(at, at + count).join(' '))) return count;
  return 0;
}

function phraseSet(phrases: string): ReadonlySet<string> {
  return new Set(phrases.split('|').map((phrase) => fold(phrase.trim())));
}
