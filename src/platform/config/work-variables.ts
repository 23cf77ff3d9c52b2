import { z } from 'zod';
import { flag, url, type Variable } from './schemas.ts';

/** What happens with tickets beside the answer: floods, background work, webhooks, clocks. */
export const workVariables = {
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
} as const satisfies Record<string, Variable>;
