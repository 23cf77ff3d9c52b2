import { setTimeout as wait } from 'node:timers/promises';
import { presentInteraction } from '../api/index.ts';
import { type InteractionRow, readInteraction } from '../audit/index.ts';
import type { Engine } from '../engine.ts';
import { readTicket, type TicketRequest } from '../intake/index.ts';
import { documentsFolder } from '../paths.ts';
import { defaultWishes, type PipelineParts } from '../pipeline-parts.ts';
import { answerMessage, evaluateTicket, resumeTickets } from '../runs.ts';
import { type AnswerMethod, type AnswerWishes, SignalboxError, type Tone } from '../ticket/index.ts';
import { readConfiguration } from './configuration.ts';
import { many } from './figures.ts';
import { openEngine } from './open-engine.ts';
import type { Terminal } from './terminal.ts';

/** What answering one message and answering a file share. */

export interface AnswerOptions {
  readonly json?: true;
  readonly method?: AnswerMethod;
  readonly tone?: Tone;
  readonly language?: 'en' | 'de';
  readonly category?: string;
  readonly text?: readonly string[];
  readonly sheet?: string;
  readonly out?: string;
}

export type Interaction = ReturnType<typeof presentInteraction>;

/** The engine with knowledge in it: a data folder that no server has filled yet gets its documents now. */
export async function openAnsweringEngine(terminal: Terminal): Promise<Engine> {
  const engine = await openEngine(terminal);
  const { knowledge } = engine.parts;
  try {
    if ((await knowledge.status()).documents > 0) return engine;
    const report = await knowledge.syncFolder(documentsFolder(readConfiguration().config));
    terminal.say(`The knowledge was empty; ${many(report.added.length, 'document')} loaded.`);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

export const wishesOf = ({ method, tone, category }: AnswerOptions): AnswerWishes => ({
  ...defaultWishes,
  method: method ?? defaultWishes.method,
  tone: tone ?? null,
  category: category ?? null,
});

/**
 * A row that `signalbox triage` has stored already is evaluated as it stands; one that a killed run has left half-done
 * is finished first.
 * @throws `invalid-fields` for an unknown category, `client-id-conflict`, `ticket-already-processed`
 */
export async function answerRequest(
  { parts }: Engine,
  request: TicketRequest,
  wishes: AnswerWishes,
): Promise<Interaction> {
  const id = await answerMessage(parts, request, { wishes, actor: 'cli' });
  const answered = (await readAnswered(parts, id)) ?? (await finishOther(parts, id));
  if (answered !== null) return presentInteraction(answered);
  await evaluateTicket(parts, id, 'cli');
  return presentInteraction(await readInteraction(parts.database.db, id));
}

/** null: no run of this ticket has come to its end. */
async function readAnswered({ database }: PipelineParts, id: string): Promise<InteractionRow | null> {
  try {
    return await readInteraction(database.db, id);
  } catch (error) {
    if (error instanceof SignalboxError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Milliseconds between two looks at a run that another process is at. */
const lookAgain = 200;

/** What a dead process has begun is taken over; what a living one is at is waited for, until it ends or dies. */
async function finishOther(parts: PipelineParts, id: string): Promise<InteractionRow | null> {
  while ((await readTicket(parts.database.db, id)).status === 'processing') {
    await resumeTickets(parts);
    if ((await readTicket(parts.database.db, id)).status === 'processing') await wait(lookAgain);
  }
  return readAnswered(parts, id);
}
