import { z } from 'zod';
import { domainPatterns, entityKinds, wordClasses } from '../../ticket/index.ts';
import { id, language } from './common.ts';

const share = z.number().min(0).max(1);
const count = z.int().min(0);

export const ticketFeatures = z
  .object({
    ticket_id: id,
    language,
    entities: z.array(
      z.object({
        kind: z.enum(entityKinds),
        field: z.enum(['subject', 'body']),
        text: z.string().describe('as written; card and account numbers by their last four characters only'),
        value: z.string().describe('one spelling for what is the same, such as 2026-03-12 or 1234.56 EUR'),
        start: count.describe('UTF-16 units in the field'),
        end: count,
      }),
    ),
    patterns: z.array(z.enum(domainPatterns)),
    topics: z
      .array(
        z.object({
          topic: count.describe('number of the topic in the model now in use'),
          share: share.describe('how much of what the text says it explains; all topics sum to at most 1'),
          words: z.array(z.string()).describe('the words it is known by, strongest first'),
        }),
      )
      .max(3)
      .describe('what the text is about, largest share first; empty when the model has no topics'),
    examples: z
      .array(
        z.object({
          excerpt: z
            .string()
            .describe(
              'subject or first words; e-mail and web addresses, telephone, card, account and order numbers hidden',
            ),
          category: z.string(),
          similarity: share.describe('cosine over words and parts of words'),
        }),
      )
      .max(3)
      .describe('training tickets most like the text; empty unless the model compares with them'),
    style: z.object({
      words: count,
      sentences: count,
      mean_word_length: z.number().min(0),
      mean_sentence_length: z.number().min(0),
      type_token_ratio: share,
      questions: count,
      requests: count,
      exclamations: count,
      upper_case_share: share,
      shouted_share: share,
      number_share: share,
      odd_word_share: share,
      greeting: z.boolean(),
      closing: z.boolean(),
      address: z.enum(['formal', 'informal']).nullable().describe('Sie or du; null where the language does not tell'),
      readability: z.object({ formula: z.enum(['flesch', 'amstad']), score: z.number() }).nullable(),
      word_class_shares: z
        .record(z.enum(wordClasses), share)
        .describe('function words by class: a plain stand-in for parts of speech'),
    }),
  })
  .meta({ id: 'TicketFeatures' });
export type TicketFeatures = z.output<typeof ticketFeatures>;
