import { splitSentences } from '../../../ml/index.ts';
import { needsNoCitation } from '../../llm/courtesy.ts';
import { findSupport, readSource, type Source } from '../../llm/find-support.ts';
import { numbersIn, numbersSaid } from '../../llm/find-values.ts';
import { type AfterDraftFacts, type Check, failed, passed } from '../check.ts';
import { plain } from '../plain-text.ts';

/**
 * Each factual sentence needs one passage that carries it: that has all its numbers (dates and prices are numbers),
 * a good part of its words, its names, and the same yes or no. Sentences that stand in a passage word for word carry
 * themselves. Rough on purpose: a paraphrase passes, an invented number, a turned negation or a sentence about
 * something else does not.
 */
export const citationSupport: Check<AfterDraftFacts> = {
  id: 'citation-support',
  reason: 'LLM_POOR_ANSWER_RETRY',
  when: ['after-draft'],
  about: 'Each factual sentence is carried by a passage: its numbers, dates, prices, names and its yes or no.',
  check: (facts) => {
    const sentences = factualSentences(facts);
    const sources = facts.passages.map((passage) => read(passage));
    const given = numbersSaid(`${facts.subject}\n${facts.message}`);
    const problems = sentences.flatMap((sentence) => {
      const problem = problemOf(sentence, { sources, given, language: facts.draft.language });
      return problem === null ? [] : [`${problem}: “${sentence}”`];
    });
    return problems.length === 0
      ? passed(`${sentences.length} factual sentences, each carried by a passage.`)
      : failed(problems.join(' '));
  },
};

interface Read {
  readonly source: Source;
  readonly plain: string;
  readonly numbers: ReadonlySet<string>;
  readonly words: string;
  readonly language: string;
}

const read = (passage: AfterDraftFacts['passages'][number]): Read => ({
  source: readSource(passage),
  plain: plain(passage.text),
  numbers: numbersSaid(`${passage.heading}\n${passage.text}`),
  words: `${passage.document}\n${passage.heading}\n${passage.text}`.toLowerCase(),
  language: passage.language,
});

function factualSentences({ draft, frame }: AfterDraftFacts): string[] {
  return splitSentences(draft.text)
    .map(({ text }) => text.trim())
    .filter((text) => !frame?.has(text) && !needsNoCitation(text) && !sourceLine.test(text) && says(text));
}

/** "(Source: Billing › Refunds)" */
const sourceLine = /^\(?(?:sources?|quellen?):/iu;

const says = (text: string) => /\p{N}/u.test(text) || text.split(/\s+/).length >= 4;

interface Known {
  readonly sources: readonly Read[];
  /** Numbers that the customer wrote: a draft may name the customer's invoice. */
  readonly given: ReadonlySet<string>;
  readonly language: string;
}

/** Less of a sentence's words than this in a passage says that the passage is about something else. */
const leastShare = 0.34;

function problemOf(sentence: string, known: Known): string | null {
  const wording = plain(sentence);
  if (known.sources.some((source) => source.plain.includes(wording))) return null;
  const problems = known.sources.map((source) => problemWith(sentence, source, known));
  if (problems.length === 0) return 'No passage is there to carry this';
  return problems.some((problem) => problem === null) ? null : mostTelling(problems as string[]);
}

/** The problem of the passage that came furthest. */
const order = [
  'No passage says this',
  'A number is in no passage',
  'A name is in no passage',
  'The passage says the opposite',
];
const mostTelling = (problems: readonly string[]) =>
  problems.reduce((best, one) => (order.indexOf(one) > order.indexOf(best) ? one : best));

function problemWith(sentence: string, source: Read, { given, language }: Known): string | null {
  const comparable = source.language === language;
  const support = findSupport(sentence, source.source);
  // Across languages words say nothing; numbers do.
  if (comparable && support.share < leastShare) return order[0]!;
  for (const number of numbersIn(sentence)) if (!given.has(number) && !source.numbers.has(number)) return order[1]!;
  if (namesIn(sentence, language).some((name) => !source.words.includes(name.toLowerCase()))) return order[2]!;
  if (comparable && support.share >= 0.5 && isDenied(sentence) !== isDenied(support.quote)) return order[3]!;
  return null;
}

const isDenied = (text: string) =>
  /\b(?:not|no|never|cannot|without|neither|none)\b|n['’]t\b|(?<!\p{L})(?:nicht|kein\p{L}*|nie|niemals|ohne|weder)(?!\p{L})/iu.test(
    text,
  );

/**
 * Words that are surely names: written in capitals or with a capital inside, and in English those with a capital that
 * do not begin the sentence. German writes all nouns so.
 */
function namesIn(sentence: string, language: string): string[] {
  const shaped = sentence.match(/(?<![\p{L}\p{N}])(?:\p{Lu}{3,}|\p{L}\p{Ll}+\p{Lu}\p{Ll}+)(?![\p{L}\p{N}])/gu) ?? [];
  if (language !== 'en') return shaped;
  return [...shaped, ...(sentence.match(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}{2,}(?![\p{L}\p{N}])/gu) ?? [])];
}
