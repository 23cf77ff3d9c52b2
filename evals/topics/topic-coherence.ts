/**
 * How well the words of a topic belong together, for topics of the starter tickets (train split): ours beside
 * scikit-learn's NMF on plain TF-IDF in the same run, with the same words left out, once on words as they stand and
 * once on our stems. Coherence is the mean normalised pointwise mutual information (Bouma 2009) of all pairs of a
 * topic's eight strongest words, -1 for a pair that never meets, over the tickets learned from, over the test split
 * and, where it is there, over 19,000 published tickets that nothing was learned from. English and German stand
 * apart: over both together, two words of one language always seem related. Prints JSON.
 *
 *   node evals/topics/topic-coherence.ts [--topics 10,20,30,40] [--words] [--data FOLDER] [--python PYTHON]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseModel, serialiseModel } from '../../src/ml/index.ts';
import { loadTopics, saveTopics, TopicReader, ticketText, trainTopics } from '../../src/triage/index.ts';
import { readTopicWords } from '../../src/triage/topics-words.ts';
import { readPublishedTickets } from '../classifier/published-tickets.ts';
import { readStarterTickets } from '../urgency/starter-tickets.ts';
import { coherence, type Postings, postingsOf } from './coherence.ts';

const { values: options } = parseArgs({
  options: {
    topics: { type: 'string', default: '10,20,30,40' },
    words: { type: 'boolean', default: false },
    data: { type: 'string', default: join(import.meta.dirname, '../../../shared/data/tickets') },
    python: { type: 'string', default: process.env['SCIKIT_PYTHON'] ?? 'python3' },
  },
});

const languages = ['en', 'de'] as const;
type Language = (typeof languages)[number];
interface Text {
  readonly text: string;
  readonly language: string;
}

const starter = (split: 'train' | 'test'): Text[] =>
  readStarterTickets(split).map(({ subject, body, language }) => ({ text: ticketText(subject, body), language }));
const train = starter('train');
const published = readPublishedTickets(options.data, 'train');
const references: Record<string, Record<Language, Postings>> = {
  learned: byLanguage(train),
  test: byLanguage(starter('test')),
  ...(published === null ? {} : { published: byLanguage(published) }),
};

function byLanguage(texts: readonly Text[]): Record<Language, Postings> {
  const of = (language: Language): Postings => postingsOf(texts.filter((t) => t.language === language).map(stemsOf));
  return { en: of('en'), de: of('de') };
}

function stemsOf({ text }: Text): string[] {
  return readTopicWords(text).words.map(({ stem }) => stem);
}

type TopicsByLanguage = Readonly<Record<Language, readonly (readonly string[])[]>>;

function ours(topics: number): { words: TopicsByLanguage; figures: Record<string, number> } {
  const start = process.cpuUsage();
  const trained = trainTopics(
    train.map(({ text }) => text),
    { topics, seed: 1 },
  );
  if (!trained.ok) throw new Error(trained.reason);
  const cpuSeconds = process.cpuUsage(start).user / 1e6;
  // As served: written to a file and read back.
  const file = serialiseModel(saveTopics(trained.value), () => '0');
  const loading = performance.now();
  const parsed = parseModel(file, () => '0');
  const loaded = parsed.ok ? loadTopics(parsed.value) : parsed;
  if (!loaded.ok) throw new Error(loaded.reason);
  const reader = new TopicReader(loaded.value);
  const loadMilliseconds = performance.now() - loading;
  const times = train.slice(0, 1000).map(({ text }) => {
    const from = performance.now();
    reader.read(text);
    return performance.now() - from;
  });
  const found = Object.fromEntries(trained.value.languages.map(({ language, words }) => [language, words]));
  return {
    words: { en: found['en'] ?? [], de: found['de'] ?? [] },
    figures: {
      trainingCpuSeconds: cpuSeconds,
      bytes: file.length,
      loadMilliseconds,
      ticketMilliseconds: times.sort((a, b) => a - b)[500]!,
    },
  };
}

/** Topics of the peer, as many in each language as ours; null without a Python that has scikit-learn. */
function peer(topics: Record<Language, number>, unit: 'form' | 'stem'): TopicsByLanguage | null {
  const jobs = languages.map((language) => ({
    topics: topics[language],
    texts: train
      .filter((text) => text.language === language)
      .map(({ text }) => readTopicWords(text).words.map((word) => word[unit])),
  }));
  const run = spawnSync(options.python, [join(import.meta.dirname, 'scikit-topics.py')], {
    input: JSON.stringify(jobs),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  if (run.status !== 0) return null;
  const [en, de] = JSON.parse(run.stdout);
  return { en, de };
}

function score(topics: TopicsByLanguage | null): unknown {
  if (topics === null) return 'skipped: no Python with scikit-learn';
  const stemmed = (words: readonly string[]): string[] => [
    ...new Set(words.map((word) => readTopicWords(word).words[0]?.stem ?? word)),
  ];
  return Object.fromEntries(
    Object.entries(references).map(([name, reference]) => [
      name,
      Object.fromEntries(
        languages.map((language) => [language, coherence(topics[language].map(stemmed), reference[language])]),
      ),
    ]),
  );
}

const results = options.topics.split(',').map((wanted) => {
  const { words, figures } = ours(Number(wanted));
  const counts = { en: words.en.length, de: words.de.length };
  return {
    topics: counts,
    ...figures,
    coherence: {
      ours: score(words),
      scikitWords: score(peer(counts, 'form')),
      scikitStems: score(peer(counts, 'stem')),
    },
    ...(options.words ? { words: languages.flatMap((l) => words[l].map((topic) => topic.join(' '))) } : {}),
  };
});
console.log(
  JSON.stringify({ tickets: train.length, published: published?.length ?? 'skipped: not here', results }, null, 1),
);
