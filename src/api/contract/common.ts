import { z } from 'zod';
import {
  departments,
  intents,
  languages,
  limits,
  priorities,
  requestedPriorities,
  statuses,
} from '../../ticket/index.ts';

/** Building blocks of the contract. Only ids, enums and limits come from the vocabulary. */

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const storable = (text: string) => !text.includes('\u0000') && !loneSurrogate.test(text);

/** Names of entries and texts among the values: neither may hold what PostgreSQL cannot. */
export const storableEntries = (record: Readonly<Record<string, unknown>>) =>
  Object.entries(record).every(([key, value]) => storable(key) && (typeof value !== 'string' || storable(value)));

/** Text that can be stored as it is: no NUL, no half of a surrogate pair (PostgreSQL holds neither). */
export const cleanText = (name: string, min: number, max: number) =>
  z
    .string({
      error: (issue) => (issue.input === undefined ? `${name} is missing` : `${name} must be a string`),
    })
    .refine((v) => !v.includes('\u0000'), {
      error: `${name} contains a NUL character, which cannot be stored`,
    })
    .refine((v) => !loneSurrogate.test(v), {
      error: `${name} contains half of a surrogate pair, which is not valid Unicode`,
    })
    .transform((v) => v.trim())
    .refine((v) => v.length >= min, { error: `${name} is empty` })
    .refine((v) => v.length <= max, {
      error: `${name} is longer than ${max.toLocaleString('en')} characters`,
    });

/** Text that a list is narrowed by; empty narrows nothing. */
export const filterText = (name: string, max: number) => cleanText(name, 0, max).optional();

export const optionalText = (name: string, max: number) => cleanText(name, 1, max).optional();

export const id = z.uuid({ error: 'must be an id of Signalbox (a UUID)' });
export const timestamp = z.iso.datetime();
export const probability = z.number().min(0).max(1);

export const language = z.enum(languages);
export const priority = z.enum(priorities);
export const requestedPriority = z.enum(requestedPriorities);
export const status = z.enum(statuses);
export const department = z.enum(departments);
export const intent = z.enum(intents);
export const sentiment = z.enum(['negative', 'neutral', 'positive']);
export const assignment = z.enum(['assigned', 'waiting', 'none']);

export const subject = cleanText('subject', 1, limits.subject);
export const body = cleanText('body', 1, limits.body);
export const email = z.email({ error: 'must be an e-mail address' }).max(320);

export const metadata = z
  .record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]))
  .refine((v) => Object.keys(v).length <= 50, { error: 'metadata may have 50 entries' })
  .refine(storableEntries, {
    error: 'metadata contains a NUL character or half of a surrogate pair, which cannot be stored',
  });

export const citation = z.object({ document: z.string(), heading: z.string(), quote: z.string() });
export const alternative = z.object({ category: z.string(), confidence: probability });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** `?limit&cursor` of every list, newest first unless said. */
export const page = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1, { error: 'limit must be 1 to 200' })
    .max(200, { error: 'limit must be 1 to 200' })
    .default(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, { error: 'is not a cursor of a list; leave it out to begin anew' })
    .optional(),
});

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

/** `file` is given to the rows of a file, which are history: nobody is told of them, and they have no clocks. */
export const channel = optionalText('channel', 50).refine((name) => name !== 'file', {
  error: 'channel may not be "file", which stands for rows that signalbox triage has read',
});

/** The two fields that every way of sending a ticket shares. */
export const ticketInput = z.object({
  subject,
  body,
  customer_email: email.optional(),
  customer_name: optionalText('customer_name', 200),
  ticket_id: optionalText('ticket_id', 200).describe("the client's own id"),
  channel,
  priority: requestedPriority.optional(),
  language: z.enum(['en', 'de']).optional(),
  metadata: metadata.optional(),
});
export type TicketInput = z.output<typeof ticketInput>;
