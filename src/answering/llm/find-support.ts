import { splitSentences, stopWords, tokenise } from '../../ml/index.ts';

/** A passage taken apart once, however many sentences of a draft cite it. */
export interface Source {
  readonly sentences: readonly { readonly text: string; readonly stems: ReadonlySet<string> }[];
  /** Content words of heading and text. */
  readonly stems: ReadonlySet<string>;
}

/** Linear in the length. */
export function readSource({ heading, text }: { heading: string; text: string }): Source {
  const sentences = splitSentences(text).map((s) => ({ text: s.text, stems: contentStems(s.text) }));
  const stems = contentStems(heading);
  for (const sentence of sentences) for (const stem of sentence.stems) stems.add(stem);
  return { sentences, stems };
}

/** How far a passage carries a sentence of a draft. */
export interface Support {
  /** The sentence of the passage, letter by letter; empty for a blank passage. */
  readonly quote: string;
  /** Share of the draft sentence's content words that the passage holds, in [0,1]; 1 when it has none. */
  readonly share: number;
}

/**
 * The sentence of `source` that shares most content words with `claim`, and the share of the claim's words
 * that stand anywhere in it. Words are compared by their first six letters, which evens out most endings of
 * both languages.
 */
export function findSupport(claim: string, source: Source): Support {
  const wanted = contentStems(claim);
  let quote = '';
  let most = -1;
  for (const { text, stems } of source.sentences) {
    const shared = countShared(wanted, stems);
    if (shared <= most) continue;
    most = shared;
    quote = text;
  }
  return { quote, share: wanted.size === 0 ? 1 : countShared(wanted, source.stems) / wanted.size };
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
