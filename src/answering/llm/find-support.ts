import { type Sentence, splitSentences, stopWords, tokenise } from '../../ml/index.ts';

/** How far a sentence of a passage carries a sentence of a draft. */
export interface Support {
  /** The sentence of the passage, letter by letter. */
  readonly quote: string;
  /** Share of the draft sentence's content words that the passage holds, in [0,1]; 1 when it has none. */
  readonly share: number;
}

/**
 * The sentence of `passage` that shares most content words with `claim`, and the share of the claim's words
 * that stand anywhere in the passage. Words are compared by their first six letters, which evens out most
 * endings of both languages. Linear in the lengths. The passage must not be blank.
 */
export function findSupport(claim: string, passage: string): Support {
  const wanted = contentStems(claim);
  let best: { sentence: Sentence; shared: number } | null = null;
  const all = new Set<string>();
  for (const sentence of splitSentences(passage)) {
    const stems = contentStems(sentence.text);
    for (const stem of stems) all.add(stem);
    const shared = countShared(wanted, stems);
    if (best === null || shared > best.shared) best = { sentence, shared };
  }
  const share = wanted.size === 0 ? 1 : countShared(wanted, all) / wanted.size;
  return { quote: best?.sentence.text ?? passage.trim(), share };
}

function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let n = 0;
  for (const item of a) if (b.has(item)) n++;
  return n;
}

function contentStems(text: string): Set<string> {
  const stems = new Set<string>();
  for (const { text: word, parts } of tokenise(text)) {
    if (stopWords.en.has(word) || stopWords.de.has(word)) continue;
    for (const piece of [word, ...parts]) stems.add(piece.slice(0, 6));
  }
  return stems;
}

/**
 * True when a text of at least eight words is plainly in the other of our two languages: three times as many
 * of the other's function words as of its own.
 */
export function isInOtherLanguage(text: string, language: 'en' | 'de'): boolean {
  const words = tokenise(text).map((t) => t.text);
  if (words.length < 8) return false;
  const other = language === 'en' ? 'de' : 'en';
  const own = words.filter((w) => stopWords[language].has(w) && !stopWords[other].has(w)).length;
  const foreign = words.filter((w) => stopWords[other].has(w) && !stopWords[language].has(w)).length;
  return foreign >= 3 && foreign > 3 * own;
}
