import { asksToSearch } from '../../src/answering/index.ts';
import type { Knowledge } from '../../src/knowledge/index.ts';
import type { Passage, SearchedAsk } from '../../src/ticket/index.ts';
import type { JudgeCase } from './cases.ts';

/** What a passage counts that no search has seen: neither for nor against. */
const unseen = 0.5;
/** What one counts that the search did not even look at. */
const notConsidered = 0.01;

/**
 * The passages of a case as a search would hand them over: those of the starter knowledge with the relevance that the
 * product's search gives them for this question, those made up for the case with one half.
 */
export async function findPassages(one: JudgeCase, explain: Knowledge['explain']): Promise<Passage[]> {
  return passagesFor(one.question, one, explain);
}

/** Of several asks those that the product would search by themselves, where a search knows the passages at all. */
export async function searchAsks(one: JudgeCase, explain: Knowledge['explain']): Promise<SearchedAsk[]> {
  const { question: body, language } = one;
  const asks = asksToSearch({ subject: '', body, language });
  if (!one.passages.some(({ document }) => languageOf(document) !== null)) return [];
  return Promise.all(
    asks.map(async (text) => {
      const passages = await passagesFor(text, one, explain);
      return { text, relevance: Object.fromEntries(passages.map(({ chunkId, score }) => [chunkId, score])) };
    }),
  );
}

async function passagesFor(text: string, one: JudgeCase, explain: Knowledge['explain']): Promise<Passage[]> {
  const found = {
    en: await explain(text, { language: 'en', limit: 50 }),
    de: await explain(text, { language: 'de', limit: 50 }),
  };
  return one.passages.map(({ document, heading, text }, position) => {
    const language = languageOf(document);
    const chunks = language === null ? [] : found[language].filter((chunk) => isOf(chunk, heading));
    const best = chunks.reduce((most, chunk) => Math.max(most, chunk.score), notConsidered);
    return {
      chunkId: `${document}#${position}`,
      documentId: document,
      document: chunks[0]?.document ?? document.replace(/\.\w+$/, ''),
      heading: chunks[0]?.heading ?? heading,
      text,
      position,
      language: language ?? one.language,
      category: chunks[0]?.category ?? null,
      score: language === null ? unseen : best,
    };
  });
}

const languageOf = (document: string) => (/\.de\.md$/.test(document) ? 'de' : /\.en\.md$/.test(document) ? 'en' : null);

const isOf = (chunk: Passage, heading: string) => chunk.heading.split(' › ').at(-1) === heading;
