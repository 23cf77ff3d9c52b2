import { existsSync, statSync } from 'node:fs';
import { presentInteraction } from '../api/index.ts';
import { readInteraction } from '../audit/index.ts';
import type { Engine } from '../engine.ts';
import { subjectOf, type TicketRequest } from '../intake/index.ts';
import { documentsFolder } from '../paths.ts';
import { defaultWishes } from '../pipeline-parts.ts';
import { answerMessage, evaluateTicket } from '../runs.ts';
import { type AnswerWishes, limits, SignalboxError, type Tone } from '../ticket/index.ts';
import { readConfiguration } from './configuration.ts';
import { openEngine } from './open-engine.ts';
import { type Terminal, UsageError } from './terminal.ts';

export interface AnswerOptions {
  readonly json?: true;
  readonly tone?: Tone;
  readonly language?: 'en' | 'de';
  readonly category?: string;
  readonly text?: readonly string[];
  readonly out?: string;
}

type Interaction = ReturnType<typeof presentInteraction>;

/** `signalbox answer`: a message on the command line, or a file of tickets. */
export async function answer(given: string, options: AnswerOptions, terminal: Terminal): Promise<number> {
  if (!isFile(given)) return answerText(given, options, terminal);
  const { answerFile } = await import('./answer-file.ts');
  return answerFile(given, options, terminal);
}

/** An existing file, or standard input. A name that looks like a file but is none is a slip, not a message. */
function isFile(given: string): boolean {
  if (given === '-') return true;
  if (given.length < 1_000 && existsSync(given) && statSync(given).isFile()) return true;
  if (/^\S+\.(csv|tsv|jsonl?|ndjson)(\.gz)?$/i.test(given)) {
    throw new SignalboxError('file-unreadable', `There is no file ${given}.`);
  }
  return false;
}

async function answerText(message: string, options: AnswerOptions, terminal: Terminal): Promise<number> {
  const body = message.trim();
  if (body === '') throw new UsageError('The message is empty.');
  if (body.length > limits.body)
    throw new UsageError(`The message is longer than ${limits.body.toLocaleString('en')} characters.`);
  if (options.out !== undefined) throw new UsageError('--out is for files of tickets.');
  const engine = await openAnsweringEngine(terminal);
  try {
    const request = { subject: subjectOf(body), body, channel: 'answer', language: options.language };
    const interaction = await answerRequest(engine, request, wishesOf(options));
    if (options.json) await terminal.write(`${JSON.stringify(interaction, null, 2)}\n`);
    else await tell(interaction, terminal);
    return 0;
  } finally {
    await engine.close();
  }
}

/** The engine with knowledge in it: a data folder that no server has filled yet gets its documents now. */
export async function openAnsweringEngine(terminal: Terminal): Promise<Engine> {
  const engine = await openEngine(terminal);
  const { knowledge } = engine.parts;
  try {
    if ((await knowledge.status()).documents > 0) return engine;
    const report = await knowledge.syncFolder(documentsFolder(readConfiguration().config));
    terminal.say(`The knowledge was empty; ${report.added.length} documents were loaded.`);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

export const wishesOf = ({ tone, category }: AnswerOptions): AnswerWishes => ({
  ...defaultWishes,
  tone: tone ?? defaultWishes.tone,
  category: category ?? null,
});

/**
 * A row that `signalbox triage` has stored already is evaluated as it stands.
 * @throws `invalid-fields` for an unknown category, `client-id-conflict`, `ticket-already-processed`
 */
export async function answerRequest(
  { parts }: Engine,
  request: TicketRequest,
  wishes: AnswerWishes,
): Promise<Interaction> {
  const id = await answerMessage(parts, request, { wishes, actor: 'cli' });
  const { db } = parts.database;
  try {
    return presentInteraction(await readInteraction(db, id));
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.code !== 'not-found') throw error;
    await evaluateTicket(parts, id, 'cli');
    return presentInteraction(await readInteraction(db, id));
  }
}

async function tell(found: Interaction, { write, say }: Terminal): Promise<void> {
  await write(`${found.final_answer}\n`);
  const sources = [...new Set(found.citations.map(({ document, heading }) => heading || document))];
  if (sources.length > 0) await write(`\n${found.language === 'de' ? 'Quellen' : 'Sources'}:\n`);
  for (const source of sources) await write(`  ${source}\n`);
  const confidence = found.router_confidence.toFixed(2);
  say(`\ncategory ${found.category} (confidence ${confidence}), judge ${found.judge_score.toFixed(2)}`);
  for (const note of found.guardrail_notes) say(`  ${note}`);
  say(
    found.review_id === null
      ? `answered; ticket ${found.ticket_id}`
      : `handed to a person (${found.guardrail_action}); ticket ${found.ticket_id}, review ${found.review_id}`,
  );
}
