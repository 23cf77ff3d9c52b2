import { pino } from 'pino';
import type { ModelTools } from '../../src/answering/index.ts';
import { loadPrompts, type Prompts, randomFence } from '../../src/answering/prompts/index.ts';
import { createLlm, type Timing } from '../../src/platform/index.ts';
import type { Passage } from '../../src/ticket/index.ts';
import {
  contentFilter,
  cut,
  empty,
  type LlmServer,
  notANumber,
  prose,
  type Reply,
  rateLimited,
  refusal,
  serverError,
  startLlmServer,
  text,
  truncated,
} from './llm-server.ts';

const timeoutMs = 10_000;

/** Waits before a retry take no time; the deadline itself is real. */
const impatient: Timing = {
  now: () => performance.now(),
  random: () => 0,
  sleep: (ms, signal) =>
    ms < timeoutMs
      ? Promise.resolve()
      : new Promise((resolve) => {
          const timer = setTimeout(resolve, ms);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
          });
        }),
};

/** A scripted model server and what decision, draft and judgement need in order to ask it. */
export interface AnsweringModel {
  readonly server: LlmServer;
  readonly prompts: Prompts;
  /** Waits before retries take no time unless another timing is given; `{}` for the real one. */
  tools(options?: { timing?: Timing }): ModelTools;
  /** From now on every purpose answers 'not scripted' until a test says otherwise. */
  forgetScripts(): void;
  close(): Promise<void>;
}

export async function startAnsweringModel(): Promise<AnsweringModel> {
  const server = await startLlmServer();
  const prompts = loadPrompts();
  return {
    server,
    prompts,
    tools: (options = { timing: impatient }) => ({
      llm: createLlm({
        baseUrl: server.baseUrl,
        model: 'scripted-1',
        timeoutMs,
        log: pino({ level: 'silent' }),
        ...options,
      }),
      prompts,
      newFence: randomFence,
    }),
    forgetScripts() {
      for (const purpose of ['decision', 'draft', 'judge'] as const) server.script(purpose, text('not scripted'));
    },
    close: () => server.close(),
  };
}

const passage = (language: 'en' | 'de', body: string, heading: string): Passage => ({
  chunkId: heading,
  documentId: 'billing',
  document: language === 'de' ? 'Abrechnung' : 'Billing',
  heading,
  text: body,
  position: 0,
  language,
  category: 'Billing',
  score: 0.9,
});

export const de = {
  subject: 'Rechnung und Kündigung',
  message: 'Wo finde ich meine Rechnungen und bis wann kann ich kündigen?',
  language: 'de',
  passages: [
    passage(
      'de',
      'Alle Rechnungen stehen unter **Verwaltung > Abrechnung**. Rechnungen lassen sich 8 Jahre lang laden. Fragen an billing@quillhaven.example.',
      'Abrechnung › Rechnungen',
    ),
    passage(
      'de',
      'Einen Monatstarif kündigen Sie bis 1 Tag vor dem Abrechnungstag. Die Bestätigung kommt innerhalb von zwei Stunden.',
      'Abrechnung › Kündigung',
    ),
  ],
} as const;
export const en = {
  subject: 'Invoice and cancelling',
  message: 'Where do I find my invoices, and until when can I cancel?',
  language: 'en',
  passages: [
    passage(
      'en',
      'All invoices are listed under **Administration > Billing**. Invoices can be downloaded for 8 years. Questions to billing@quillhaven.example.',
      'Billing › Invoices',
    ),
    passage(
      'en',
      'You cancel a monthly plan until 1 day before the billing day. The confirmation comes within two hours.',
      'Billing › Cancelling',
    ),
  ],
} as const;

/** Both languages, for `describe.each`. */
export const languages = [
  ['German', de],
  ['English', en],
] as const;

/** Every way in which a structured reply fails, with the reason that is stored. */
export const failures: [string, Reply, string][] = [
  ['429', rateLimited(), 'rate-limited'],
  ['500', serverError(), 'server-error'],
  ['a cut body', cut(), 'cut'],
  ['prose', prose(), 'not-json'],
  ['NaN', notANumber(), 'not-json'],
  ['nothing', empty(), 'empty'],
  ['a refusal', refusal(), 'refusal'],
  ['the content filter', contentFilter(), 'refusal'],
  ['half a reply', truncated('{"intent'), 'too-long'],
];
