import { z } from 'zod';
import { type Variant, variantAliases, variants } from '../../ticket/index.ts';
import { type Prices, parsePrices } from '../llm/spending/prices.ts';
import { maskingModes } from '../masking/masking-mode.ts';

/** Every variable Signalbox reads, with its meaning. The table in docs/configuration.md is made from this. */

const port = z.coerce.number().int().min(0).max(65_535);
const url = (schemes: string[]) =>
  z.string().refine((v) => schemes.includes(tryUrl(v)?.protocol.replace(':', '') ?? ''), {
    error: `must be a URL that starts with ${schemes.map((s) => `${s}://`).join(' or ')}`,
  });
const flag = z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((v) => ['true', '1', 'yes'].includes(v));

const topicName = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, { error: 'must be a name of letters, digits, . _ -' });

function tryUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}

/** What a process does: answers requests, does what runs by itself, or both. */
export const roles = ['all', 'api', 'worker'] as const;
export type Role = (typeof roles)[number];

export const variables = {
  HOST: {
    schema: z.string().min(1),
    default: '127.0.0.1',
    about: 'Address to listen on. Anything but loopback needs SIGNALBOX_ADMIN_KEY.',
  },
  PORT: { schema: port, default: '8000', about: 'Port to listen on; 0 takes a free one.' },
  SIGNALBOX_ROLE: {
    schema: z.enum(roles),
    default: 'all',
    about:
      'What this process does: api answers requests, worker does what runs by itself, all both. See docs/operations.md.',
  },
  SIGNALBOX_DATA: {
    schema: z.string().min(1),
    default: './data',
    about: 'Data folder: the database and the trained model.',
  },
  SIGNALBOX_ADMIN_KEY: {
    schema: z
      .string()
      .min(16, { error: 'must have at least 16 characters' })
      .max(200, { error: 'may have at most 200 characters' })
      // What an Authorization header can carry; any other key would never let anybody in.
      .regex(/^[\x21-\x7e]*$/, { error: 'may have only ASCII letters, digits and signs, and no blanks' }),
    secret: true,
    about: 'Bearer token with all rights; needed when HOST is not loopback.',
  },
  RATE_LIMIT: {
    schema: z.coerce.number().int().min(1),
    default: '600',
    about: 'Requests per minute for one key or address; counted where keys are asked for.',
  },
  DATABASE_URL: {
    schema: url(['postgres', 'postgresql']),
    secret: true,
    about: 'A PostgreSQL 15 or newer of your own. Without it Signalbox runs its own in the data folder.',
  },
  REDIS_URL: {
    schema: url(['redis', 'rediss']),
    secret: true,
    about:
      'A Redis that carries news between processes and counts RATE_LIMIT over all of them. Without it PostgreSQL carries news and each process counts for itself.',
  },
  DATABASE_POOL: {
    schema: z.coerce.number().int().min(2).max(200),
    default: '10',
    about: 'Connections to the database per process.',
  },
  KAFKA_BROKERS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((broker) => broker.trim()))
      .refine((brokers) => brokers.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker)), {
        error: 'must look like host:port,host:port',
      }),
    about: 'Kafka brokers; setting it switches the Kafka stream on. See docs/streams.md.',
  },
  KAFKA_CLIENT_ID: { schema: z.string().min(1), default: 'signalbox', about: 'How we call ourselves to the brokers.' },
  KAFKA_GROUP: {
    schema: z.string().min(1).max(200),
    default: 'signalbox',
    about: 'Consumer group; processes with the same one share the partitions.',
  },
  KAFKA_TOPIC_IN: {
    schema: topicName,
    default: 'support_tickets',
    about: 'Topic of tickets. Beside it stand <name>.retry and <name>.dlq.',
  },
  KAFKA_TOPIC_OUT: { schema: topicName, default: 'ticket_results', about: 'Topic that results are written to.' },
  KAFKA_CREATE_TOPICS: { schema: flag, default: 'true', about: 'Create the topics that are missing.' },
  KAFKA_PARTITIONS: {
    schema: z.coerce.number().int().min(1).max(1_000),
    default: '3',
    about: 'Partitions of a topic that we create: so many processes can share it.',
  },
  KAFKA_RETRY_SECONDS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map(Number))
      .refine((all) => all.every((n) => n >= 0 && n <= 86_400), { error: 'must look like 10,60,300' }),
    default: '10,60,300',
    about:
      'Seconds before each new try of a message that failed for a reason nobody foresaw; then it is a dead letter.',
  },
  KAFKA_SSL: { schema: flag, default: 'false', about: 'Speak TLS to the brokers.' },
  KAFKA_SSL_CA: {
    schema: z.string().min(1),
    about: 'PEM file of the authority; without it the usual ones are believed.',
  },
  KAFKA_SSL_CERT: { schema: z.string().min(1), about: 'PEM file of our certificate, where brokers ask for one.' },
  KAFKA_SSL_KEY: { schema: z.string().min(1), about: 'PEM file of the key of KAFKA_SSL_CERT.' },
  KAFKA_SASL_MECHANISM: {
    schema: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
    about: 'How to log in to the brokers; needs a name and a password.',
  },
  KAFKA_SASL_USERNAME: { schema: z.string().min(1), about: 'Name for KAFKA_SASL_MECHANISM.' },
  KAFKA_SASL_PASSWORD: { schema: z.string().min(1), secret: true, about: 'Password for KAFKA_SASL_MECHANISM.' },
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
  DOCUMENTS_PATH: {
    schema: z.string().min(1),
    about: 'Folder of Markdown, text, HTML, PDF and Word documents. Without it the starter knowledge is loaded.',
  },
  AUTO_SYNC_INTERVAL: {
    schema: z.coerce.number().int().min(0).max(10_080),
    default: '30',
    about: 'Minutes between two looks at DOCUMENTS_PATH; 0 switches them off.',
  },
  ANSWER_FORM: {
    schema: z.enum(['sie', 'du']),
    default: 'sie',
    about: 'How German answers address the customer.',
  },
  TEMPLATES_PATH: {
    schema: z.string().min(1),
    about: 'Folder of your own answer templates: a complete copy of starter/templates, changed. See docs/answering.md.',
  },
  PROMPTS_PATH: {
    schema: z.string().min(1),
    about:
      'Folder of your own prompts: a complete copy of the .md and .yaml files of src/answering/prompts, changed. See docs/answering.md.',
  },
  AI_DISCLOSURE: {
    schema: flag,
    default: 'true',
    about: 'Tell the customer that a machine answers (EU AI Act, Art. 50).',
  },
  SLA_PATH: {
    schema: z.string().min(1),
    about: 'JSON file with business hours, holidays and SLA targets; without it starter/sla.json.',
  },
  CHAT_BURST_MS: {
    schema: z.coerce.number().int().min(0).max(60_000),
    default: '1500',
    about: 'Milliseconds without another message after which a chat is answered: a burst gets one answer.',
  },
  AUTO_EVALUATE: {
    schema: flag,
    default: 'false',
    about: 'Evaluate tickets of POST /tickets in the background, unless the request says otherwise.',
  },
  JOBS_MAX_WAITING: {
    schema: z.coerce.number().int().min(1).max(100_000_000),
    default: '100000',
    about: 'Jobs of one kind that may wait; more are refused with 503 until some are done.',
  },
  JOBS_TIME_LIMIT: {
    schema: z.coerce.number().min(1).max(3_600),
    default: '120',
    about: 'Seconds that one attempt at a background job may take.',
  },
  DUPLICATE_THRESHOLD: {
    schema: z.coerce.number().min(0.5).max(1),
    default: '0.9',
    about: 'Probability from which on two tickets count as reports of the same problem. See docs/duplicates.md.',
  },
  DUPLICATE_WINDOW_SECONDS: {
    schema: z.coerce.number().int().min(1).max(86_400),
    default: '300',
    about: 'How far apart two tickets may be to count as duplicates; later ones still join an open incident.',
  },
  INCIDENT_COUNT: {
    schema: z.coerce.number().int().min(2).max(1_000_000),
    default: '10',
    about: 'So many customers with the same problem within the window open an incident.',
  },
  INCIDENT_QUIET_MINUTES: {
    schema: z.coerce.number().int().min(1).max(100_000),
    default: '30',
    about: 'Minutes without a new member after which it is proposed to close an incident.',
  },
  WEBHOOK_URL: {
    schema: url(['http', 'https']),
    secret: true,
    about:
      'Address that critical tickets and opened incidents are sent to; Slack and Discord are known by their host. See docs/webhooks.md.',
  },
  WEBHOOK_ALLOW_PRIVATE: {
    schema: flag,
    default: 'false',
    about: 'Lets webhooks point into the own network, and speak http there.',
  },
  WATCHDOG_SECONDS: {
    schema: z.coerce.number().int().min(0).max(3_600),
    default: '30',
    about: 'Seconds that the event loop of a server may be blocked before it is told with the place; 0 does not look.',
  },
  WATCHDOG_EXIT: {
    schema: flag,
    default: 'true',
    about: 'Ends a server whose event loop is blocked for WATCHDOG_SECONDS, so that a service manager starts it again.',
  },
  METRICS_OPEN: {
    schema: flag,
    default: 'false',
    about: 'Lets everybody read /metrics where keys are asked for. Otherwise a key with the scope agent does.',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    about: 'How much is logged. Logs hold no texts and no addresses of customers.',
  },
} as const satisfies Record<string, Variable>;

export interface Variable {
  readonly schema: z.ZodType;
  readonly default?: string;
  readonly secret?: boolean;
  readonly about: string;
}

/** Names from the source documents whose part is not built: setting one stops the start, it is never ignored. */
export const notYet = {
  NEO4J_URI: 'the Neo4j graph',
  NEO4J_USER: 'the Neo4j graph',
  NEO4J_PASSWORD: 'the Neo4j graph',
  RL_LEARNING_RATE: 'learning of answer strategies',
  RL_EXPLORATION_RATE: 'learning of answer strategies',
  REWARD_NORMALIZATION: 'learning of answer strategies',
  ENABLE_GDPR: 'the privacy commands',
  AUDIT_RETENTION_DAYS: 'retention',
  DRIFT_THRESHOLD: 'drift detection',
  LEARNING_RATE: 'online learning',
  ENABLE_DRIFT_DETECTION: 'drift detection',
  ENABLE_ONLINE_LEARNING: 'online learning',
  ENABLE_AUDIT_LOGGING: 'a switch for the audit log (it is always on)',
  ENABLE_BIAS_MONITORING: 'fairness checks',
} as const satisfies Record<string, string>;
