import { z } from 'zod';
import { kafkaVariables } from './kafka-variables.ts';
import { modelVariables } from './model-variables.ts';
import { flag, port, url, type Variable } from './schemas.ts';
import { workVariables } from './work-variables.ts';

/** What a process does: answers requests, does what runs by itself, or both. */
export const roles = ['all', 'api', 'worker'] as const;
export type Role = (typeof roles)[number];

/** Every variable Signalbox reads, with its meaning. The table in docs/configuration.md is made from this. */
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
  ...kafkaVariables,
  ...modelVariables,
  ...workVariables,
} as const satisfies Record<string, Variable>;

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
