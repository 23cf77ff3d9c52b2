import { z } from 'zod';
import { type Variant, variantAliases, variants } from '../../ticket/index.ts';
import { type Prices, parsePrices } from '../llm/spending/prices.ts';
import { maskingModes } from '../masking/masking-mode.ts';
import { flag, url, type Variable } from './schemas.ts';

/** Models of language, of triage and of meaning. */
export const modelVariables = {
  OPENAI_API_KEY: {
    schema: z.string().min(1),
    secret: true,
    about: 'Key of an OpenAI-compatible model server; setting it switches the language model on.',
  },
  OPENAI_SECRET: { schema: z.string().min(1), secret: true, about: 'Another name for OPENAI_API_KEY.' },
  OPENAI_BASE_URL: {
    schema: url(['http', 'https']),
    about:
      'Address of an OpenAI-compatible server (a local one needs no key); setting it switches the language model on.',
  },
  LLM_MODEL: { schema: z.string().min(1), default: 'gpt-4o-mini', about: 'Name of the language model.' },
  LLM_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(100).max(300_000),
    default: '20000',
    about: 'Milliseconds that one call of the language model may take.',
  },
  LLM_PRICES: {
    schema: z.string().transform((text, context): Prices => {
      const prices = parsePrices(text);
      if (!('wrong' in prices)) return prices;
      context.addIssue({ code: 'custom', message: `must look like model=0.15/0.60, but has ${prices.wrong}` });
      return z.NEVER;
    }),
    about:
      'Money for a million tokens in and out, by model: "gpt-4o-mini=0.15/0.60, other=3/15". See docs/language-models.md.',
  },
  LLM_BUDGET_PER_HOUR: {
    schema: z.coerce.number().int().min(1).max(1e12),
    about: 'Tokens that all calls of an hour may use, over all processes; used up, answers are made without the model.',
  },
  LLM_BUDGET_PER_CUSTOMER_HOUR: {
    schema: z.coerce.number().int().min(1).max(1e12),
    about: 'Tokens that the calls for one customer may use in an hour.',
  },
  LLM_COST_PER_HOUR: {
    schema: z.coerce.number().positive().max(1e8),
    about: 'Money that all calls of an hour may cost; needs the price of LLM_MODEL in LLM_PRICES.',
  },
  MASKING: {
    schema: z.enum(maskingModes),
    default: 'remote',
    about:
      'Personal data in what goes to a model: remote masks it unless the server is on this machine, always and never say so.',
  },
  MODEL_VARIANT: {
    schema: z
      .enum([...variants, ...Object.keys(variantAliases)])
      .transform((name) => variantAliases[name] ?? (name as Variant)),
    default: 'union',
    about: `Classifier that is trained on the starter tickets: ${variants.join(', ')} (distilbert is another name for transformer). See docs/models.md.`,
  },
  MODEL_FILE: {
    schema: z.string().min(1),
    about: 'A model that `signalbox train` wrote; it goes before MODEL_VARIANT. Its labels must be categories of ours.',
  },
  BREAKER_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(10).max(60_000),
    default: '500',
    about: 'Milliseconds that the triage model may take for a ticket; then the fast model answers. See docs/models.md.',
  },
  BREAKER_FAILURES: {
    schema: z.coerce.number().int().min(1).max(1000),
    default: '3',
    about: 'Tickets in a row that the triage model may miss before it is not asked for a while.',
  },
  BREAKER_COOLDOWN_MS: {
    schema: z.coerce.number().int().min(10).max(300_000),
    default: '10000',
    about:
      'Milliseconds before it is asked again, with one ticket; twice as long after each miss, five minutes at most.',
  },
  EMBEDDING_PROVIDER: {
    schema: z.enum(['builtin', 'onnx', 'openai', 'none']),
    default: 'builtin',
    about:
      'What reads the knowledge for the search by meaning: builtin learns from it, onnx is EMBEDDING_MODEL, openai a server (OPENAI_BASE_URL, OPENAI_API_KEY), none leaves the search to words. See docs/embeddings.md.',
  },
  EMBEDDING_NAME: {
    schema: z.string().min(1),
    default: 'text-embedding-3-small',
    about: 'Name of the embedding model on the server, for EMBEDDING_PROVIDER=openai.',
  },
  EMBEDDING_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(50).max(60_000),
    default: '2000',
    about: 'Milliseconds that the server may take for one question; later, the search goes on by words alone.',
  },
  EMBEDDING_MODEL: {
    schema: z.string().min(1),
    about:
      'Folder of a sentence-transformers model in ONNX, for EMBEDDING_PROVIDER=onnx and the variant transformer; with EMBEDDING_REMOTE a name on the hub.',
  },
  EMBEDDING_REMOTE: {
    schema: flag,
    default: 'false',
    about: 'Lets EMBEDDING_MODEL be fetched from the hub, once, into the data folder.',
  },
} as const satisfies Record<string, Variable>;
