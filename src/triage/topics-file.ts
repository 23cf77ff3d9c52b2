import { failure, NmfWeigher, type Outcome, type SavedState, type Section, success } from '../ml/index.ts';
import type { LanguageTopics, TopicModel } from './topics.ts';
import type { TopicLanguage } from './topics-words.ts';

/** Changes when words, stems or weights are read otherwise than before: older topics then are learned again. */
const topicVersion = 1;

interface LanguageHeader {
  readonly language: TopicLanguage;
  /** All stems, a blank between two. */
  readonly stems: string;
  readonly words: readonly (readonly string[])[];
}

/** Parts for a model file; 20 topics take less than 300 kB. */
export function saveTopics(model: TopicModel): SavedState {
  const sections: Record<string, Section> = {};
  const languages = model.languages.map(({ language, vocabulary, weigher, words }): LanguageHeader => {
    sections[`${language}-idf`] = vocabulary.idf;
    sections[`${language}-projection`] = weigher.state.components;
    sections[`${language}-products`] = weigher.products;
    return { language, stems: vocabulary.stems.join(' '), words };
  });
  return { header: { topicVersion, languages }, sections };
}

/** Refuses topics of another version, and parts that do not fit together. */
export function loadTopics(saved: SavedState): Outcome<TopicModel> {
  const { topicVersion: version, languages } = saved.header;
  if (version !== topicVersion || !Array.isArray(languages)) {
    return failure(`The topics are of version ${String(version)}, this is ${topicVersion}. Train again.`);
  }
  const loaded: LanguageTopics[] = [];
  for (const header of languages as LanguageHeader[]) {
    const topics = loadLanguage(header, saved.sections);
    if (topics === null)
      return failure(`The topics of the language "${header.language}" are not complete. Train again.`);
    loaded.push(topics);
  }
  return success({ languages: loaded });
}

function loadLanguage(
  { language, stems, words }: LanguageHeader,
  sections: SavedState['sections'],
): LanguageTopics | null {
  const idf = sections[`${language}-idf`];
  const components = sections[`${language}-projection`];
  const products = sections[`${language}-products`];
  if (!(idf instanceof Float32Array && components instanceof Float32Array && products instanceof Float64Array))
    return null;
  const vocabulary = { stems: stems.split(' '), idf };
  const [rank, columns] = [words.length, idf.length];
  if (vocabulary.stems.length !== columns || components.length !== columns * rank || products.length !== rank * rank) {
    return null;
  }
  return { language, vocabulary, weigher: new NmfWeigher({ rank, columns, components }, products), words };
}
