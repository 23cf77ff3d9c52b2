import {
  createRandom,
  failure,
  findTopicFactors,
  NmfWeigher,
  type Outcome,
  shuffled,
  success,
  type TopicFactors,
} from '../ml/index.ts';
import { collectVocabulary, TopicVectoriser, type TopicVocabulary } from './topics-vocabulary.ts';
import { readTopicWords, type TopicLanguage, type TopicWord } from './topics-words.ts';

/** Topics of one language. */
export interface LanguageTopics {
  readonly language: TopicLanguage;
  readonly vocabulary: TopicVocabulary;
  readonly weigher: NmfWeigher;
  /** Per topic its five to eight strongest words, strongest first, each in the form most often seen. */
  readonly words: readonly (readonly string[])[];
}

/** Topics are numbered through all languages, the one with more texts first. */
export interface TopicModel {
  readonly languages: readonly LanguageTopics[];
}

export interface TopicOptions {
  /** Over all languages, which share them by their number of texts; 20 suit some thousand tickets. */
  readonly topics: number;
  readonly seed: number;
}

/** More texts say nothing new about twenty topics; these are drawn by seed. */
const mostTexts = 4000;
/** A language with fewer texts, or with a smaller part of them, has no topics of its own. */
const fewestTexts = 30;
const smallestPart = 0.05;
const [fewestWords, mostWords] = [5, 8];
/** A word behind the fifth is shown when it has this part of the strongest one's weight. */
const worthShowing = 0.25;

type ReadText = ReturnType<typeof readTopicWords>;

/**
 * Finds what tickets are about, without labels. English and German are learned apart: of 24 topics learned together
 * from the starter tickets, which are half and half, 15 were English, 6 German and 3 mixed. The same texts in the same
 * order with the same seed give the same bits. 2,800 tickets take 1 s of a core in one piece: in a serving process, run
 * it in a worker thread. Refuses texts that share no words.
 */
export function trainTopics(texts: readonly string[], options: TopicOptions): Outcome<TopicModel> {
  if (!(options.topics >= 1)) return failure('At least one topic is needed.');
  const read = texts.map(readTopicWords);
  const languages: LanguageTopics[] = [];
  for (const [language, rows] of byLanguage(read)) {
    const drawn = rows.length > mostTexts ? shuffled(rows, createRandom(options.seed)).slice(0, mostTexts) : rows;
    const topics = Math.max(1, Math.round((options.topics * rows.length) / read.length));
    const found = learn(
      drawn.map((row) => row.words),
      { topics, seed: options.seed },
    );
    if (found !== null) languages.push({ language, ...found });
  }
  if (languages.length === 0) return failure('The texts share no words of which topics could be made.');
  return success({ languages });
}

/** The texts of each language that has enough of them; those of others and of none go with the most frequent one. */
function byLanguage(read: readonly ReadText[]): [TopicLanguage, ReadText[]][] {
  const counts = (['en', 'de'] as const)
    .map((language) => ({ language, count: read.filter((text) => text.language === language).length }))
    .sort((a, b) => b.count - a.count);
  const main = counts[0]!.language;
  const large = counts.filter(
    ({ language, count }) => language === main || (count >= fewestTexts && count >= smallestPart * read.length),
  );
  const homeOf = (text: ReadText): TopicLanguage =>
    large.find(({ language }) => language === text.language)?.language ?? main;
  return large.map(({ language }) => [language, read.filter((text) => homeOf(text) === language)]);
}

function learn(
  texts: readonly (readonly TopicWord[])[],
  options: TopicOptions,
): Omit<LanguageTopics, 'language'> | null {
  const vocabulary = collectVocabulary(texts);
  const matrix = new TopicVectoriser(vocabulary).matrix(texts);
  const factors = findTopicFactors(matrix, { rank: options.topics, seed: options.seed, tolerance: 1e-3 });
  if (factors.projection.rank === 0) return null;
  return {
    vocabulary,
    weigher: new NmfWeigher(factors.projection, factors.products),
    words: strongestWords(factors, vocabulary.stems, usualForms(texts)),
  };
}

function strongestWords(
  { components, projection: { rank } }: TopicFactors,
  stems: readonly string[],
  forms: ReadonlyMap<string, string>,
): string[][] {
  return Array.from({ length: rank }, (_, k) => {
    const weightOf = (column: number): number => components[column * rank + k]!;
    const columns = stems
      .map((_stem, column) => column)
      .filter((column) => weightOf(column) > 0)
      .sort((a, b) => weightOf(b) - weightOf(a) || a - b)
      .slice(0, mostWords);
    const enough = worthShowing * weightOf(columns[0] ?? 0);
    return columns
      .filter((column, i) => i < fewestWords || weightOf(column) >= enough)
      .map((column) => forms.get(stems[column]!)!);
  });
}

/** Stem → the form most often seen; of equals the first in the alphabet. */
function usualForms(texts: readonly (readonly TopicWord[])[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { stem, form } of texts.flat()) {
    const forms = counts.get(stem) ?? new Map<string, number>();
    counts.set(stem, forms.set(form, (forms.get(form) ?? 0) + 1));
  }
  const usual = ([a, m]: [string, number], [b, n]: [string, number]): number => n - m || (a < b ? -1 : 1);
  return new Map([...counts].map(([stem, forms]) => [stem, [...forms].sort(usual)[0]![0]]));
}
