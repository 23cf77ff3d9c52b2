import type { Sentiment, Signals } from '../ticket/index.ts';
import { buildPhrases, findPhrases, fold, type PhraseMatch, type Tokens, tokenise } from './lexicon.ts';
import { feelings, negatingWords, strengtheningWords, weakeningWords } from './sentiment-lexicon.ts';

export interface SentimentFinding {
  readonly label: Sentiment;
  /** From -1 (upset) over 0 (matter of fact) to 1 (glad). */
  readonly score: number;
}

const strengths = { glad: 2, pleased: 1, polite: 0.4, none: 0, trouble: -0.3, displeased: -1, upset: -2 } as const;
const entries = (Object.keys(strengths) as (keyof typeof strengths)[]).flatMap((kind) =>
  feelings[kind].split(',').map((phrase) => [phrase.trim(), strengths[kind]] as const),
);
const phrases = buildPhrases<number>(entries);
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(fold));
const negating = wordSet(negatingWords);
const strengthening = wordSet(strengtheningWords);
const weakening = wordSet(weakeningWords);

/** Beyond these the text takes a side. */
const positiveFrom = 0.4;
const negativeFrom = -0.2;

/** How the customer feels, by words of feeling with negation and strength. O(words). */
export function findSentiment(text: string): SentimentFinding {
  return sentimentOf(tokenise(text), { notWorking: false, thanks: false, frustration: false });
}

/**
 * As `findSentiment`, over a tokenised text and with what is known of it. Thanks that are meant are kind words. What
 * does not work is never reported gladly: with `notWorking` kind words count a third, so that "Great product, but
 * the export does not work" is no praise. Politeness and smiles alone, however many, praise nothing, and who is frustrated does not praise. Irony is known by a few set phrases only ("na toll", "thanks for nothing").
 */
export function sentimentOf(
  tokens: Tokens,
  { notWorking, thanks, frustration }: Pick<Signals, 'notWorking' | 'thanks' | 'frustration'>,
): SentimentFinding {
  const faces = balanceOfFaces(tokens.text);
  let glad = Math.max(0, faces) + (thanks ? 0.8 : 0);
  let upset = Math.max(0, -faces);
  let meant = thanks;
  for (const match of findPhrases(phrases, tokens)) {
    const strength = strengthInContext(tokens, match);
    if (strength > 0) glad += strength;
    else upset -= strength;
    meant ||= strength >= 1;
  }
  const balance = (notWorking ? glad / 3 : glad) - upset * 1.15;
  // In a long text single words say less about the whole.
  const score = Math.tanh(balance / (1.2 + 0.9 * Math.sqrt(tokens.words.length / 10)));
  if (score >= positiveFrom && meant && !notWorking && !frustration) return { label: 'positive', score };
  return { label: score <= negativeFrom ? 'negative' : 'neutral', score: notWorking ? Math.min(score, 0) : score };
}

const gladFaces = new Set([
  0x1f600, 0x1f601, 0x1f603, 0x1f604, 0x1f60a, 0x1f60d, 0x1f642, 0x1f44d, 0x1f389, 0x1f64f, 0x2764,
]);
const upsetFaces = new Set([
  0x1f620, 0x1f621, 0x1f624, 0x1f92c, 0x1f622, 0x1f62d, 0x1f61e, 0x1f641, 0x1f44e, 0x1f644, 0x1f612,
]);

/** Faces such as ":-)", ":(" and emoji: half a kind word each, a whole unkind one. */
function balanceOfFaces(text: string): number {
  let balance = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 58) balance += faceWeight(text.charCodeAt(text.charCodeAt(i + 1) === 45 ? i + 2 : i + 1));
    else if (code > 0x2600) balance += faceWeight(text.codePointAt(i)!);
  }
  return balance;
}

/** Of an emoji, or of the mouth after a colon. */
function faceWeight(face: number): number {
  if (face === 41 || gladFaces.has(face)) return 0.5;
  return face === 40 || upsetFaces.has(face) ? -1 : 0;
}

function strengthInContext(tokens: Tokens, match: PhraseMatch<number>): number {
  const { words, clauses } = tokens;
  let strength: number = match.payload;
  for (let i = match.from - 1; i >= match.from - 3 && clauses[i] === clauses[match.from]; i--) {
    const word = words[i]!;
    // "Not good" is worse than neutral, "not bad" hardly better.
    if (negating.has(word)) return strength > 0 ? -0.75 * strength : -0.25 * strength;
    if (i === match.from - 1 && strengthening.has(word)) strength *= 1.4;
    if (i === match.from - 1 && weakening.has(word)) strength *= 0.6;
  }
  return strength;
}
