import type { Signals } from '../ticket/index.ts';
import { buildPhrases, findPhrases, type PhraseMatch, type Tokens, tokenise } from './lexicon.ts';
import { signalPhrases } from './signal-lexicon.ts';

const kinds = Object.keys(signalPhrases) as (keyof typeof signalPhrases)[];
type SignalKind = (typeof kinds)[number];
const bitOf = Object.fromEntries(kinds.map((kind, index) => [kind, 1 << index])) as Record<SignalKind, number>;
/** These say that the words in them do not mean what they say elsewhere. */
const overruling = bitOf.formula | bitOf.notFrustrated | bitOf.notPerson | bitOf.notFailure;

const phrases = buildPhrases<number>(
  kinds.flatMap((kind) => signalPhrases[kind].split(',').map((phrase) => [phrase.trim(), bitOf[kind]] as const)),
  (shorter, longer) => ((longer & overruling) === 0 ? shorter | longer : longer),
);

const deniers = new Set(
  "not no nor don't isn't wasn't nicht kein keine keinen keinem ohne without never nie".split(' '),
);

/** What a customer shows beside the matter itself. */
export function findSignals(text: string): Signals {
  return signalsOf(tokenise(text));
}

/**
 * As `findSignals`, over a tokenised text. `thanks` means thanks for something received: the formula that closes a
 * request does not count, nor do thanks in a message about what does not work. "It is not working" is `notWorking`
 * and nothing else.
 */
export function signalsOf(tokens: Tokens): Signals {
  let found = 0;
  let failure = false;
  let thanks = false;
  const matches = findPhrases(phrases, tokens);
  for (const match of matches) {
    found |= match.payload;
    if ((match.payload & bitOf.notWorking) !== 0 && !isDenied(tokens, match)) failure = true;
  }
  const success = (found & bitOf.success) !== 0;
  for (const match of matches) {
    if ((match.payload & bitOf.thanks) !== 0 && (success || isMeant(tokens, match, (found & bitOf.request) !== 0)))
      thanks = true;
  }
  return {
    thanks: thanks && !failure,
    frustration: (found & bitOf.frustration) !== 0 || shouts(tokens.text),
    wantsPerson: matches.some((match) => (match.payload & bitOf.wantsPerson) !== 0 && !isDenied(tokens, match)),
    notWorking: failure,
  };
}

/** "I do not need to talk to a person", "nothing is broken": a denial up to four words before, in the same clause. */
export function isDenied(tokens: Tokens, match: Pick<PhraseMatch<unknown>, 'from'>): boolean {
  const { words, clauses } = tokens;
  for (let i = match.from - 1; i >= match.from - 4 && clauses[i] === clauses[match.from]; i--) {
    if (deniers.has(words[i]!)) return true;
  }
  return false;
}

/** Thanks in a short message that asks for nothing, or anywhere but at the end of a longer one. */
function isMeant({ words, text }: Tokens, match: PhraseMatch<number>, asks: boolean): boolean {
  if (words.length <= 12) return !asks && !text.includes('?');
  return words.length - match.to > 12;
}

/** Mostly capitals over at least 25 letters, or rows of exclamation or question marks twice. */
function shouts(text: string): boolean {
  let capitals = 0;
  let letters = 0;
  let rows = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 65 && code <= 90) capitals++;
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) letters++;
    const mark = code === 33 || code === 63;
    const before = i > 0 ? text.charCodeAt(i - 1) : 0;
    const after = text.charCodeAt(i + 1);
    if (mark && (before === 33 || before === 63) && after !== 33 && after !== 63) rows++;
  }
  return (letters >= 25 && capitals > 0.6 * letters) || rows >= 2;
}
