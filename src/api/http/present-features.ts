import type { TicketFeatures } from '../contract/index.ts';
import type { ReadFeatures } from './services.ts';

const round = (value: number): number => Math.round(value * 1000) / 1000;

export function presentFeatures(ticketId: string, { language, profile, ...read }: ReadFeatures): TicketFeatures {
  const { entities, patterns, style } = profile;
  return {
    ticket_id: ticketId,
    language,
    entities: entities.map(({ kind, field, text, value, start, end }) => ({ kind, field, text, value, start, end })),
    patterns: [...patterns],
    topics: read.topics.map(({ topic, share, words }) => ({ topic, share: round(share), words: [...words] })),
    examples: read.examples.map((example) => ({ ...example, similarity: round(example.similarity) })),
    style: {
      words: style.words,
      sentences: style.sentences,
      mean_word_length: round(style.meanWordLength),
      mean_sentence_length: round(style.meanSentenceLength),
      type_token_ratio: round(style.typeTokenRatio),
      questions: style.questions,
      requests: style.requests,
      exclamations: style.exclamations,
      upper_case_share: round(style.upperCaseShare),
      shouted_share: round(style.shoutedShare),
      number_share: round(style.numberShare),
      odd_word_share: round(style.oddWordShare),
      greeting: style.greeting,
      closing: style.closing,
      address: style.address,
      readability: style.readability && { ...style.readability, score: round(style.readability.score) },
      word_class_shares: style.wordClassShares,
    },
  };
}
