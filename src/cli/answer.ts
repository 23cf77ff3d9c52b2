import { statSync } from 'node:fs';
import { subjectOf } from '../intake/index.ts';
import { limits, SignalboxError } from '../ticket/index.ts';
import {
  type AnswerOptions,
  answerRequest,
  type Interaction,
  openAnsweringEngine,
  wishesOf,
} from './answer-request.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** `signalbox answer`: a message on the command line, or a file of tickets. */
export async function answer(given: string, options: AnswerOptions, terminal: Terminal): Promise<number> {
  if (!isFile(given)) return answerText(given, options, terminal);
  const { answerFile } = await import('./answer-file.ts');
  return answerFile(given, options, terminal);
}

/** An existing file, or standard input. A name that looks like a file but is none is a slip, not a message. */
function isFile(given: string): boolean {
  if (given === '-') return true;
  const found = given.length < 1_000 ? statSync(given, { throwIfNoEntry: false }) : undefined;
  if (found?.isFile()) return true;
  // One word is no question: a path that was mistyped must not become a ticket.
  if (found?.isDirectory() && !/\s/.test(given))
    throw new SignalboxError('file-unreadable', `${given} is a folder. Name a file of tickets in it.`);
  if (/^\S+\.(csv|tsv|xlsx|jsonl?|ndjson|txt|md|html?|pdf|docx?|xls|ods|eml)(\.gz)?$/i.test(given)) {
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

async function tell(found: Interaction, { write, say }: Terminal): Promise<void> {
  await write(`${found.final_answer}\n`);
  const sources = [...new Set(found.citations.map(({ document, heading }) => heading || document))];
  // A draft that a person looks at first has sources as well; the message that is sent instead has none.
  if (found.review_id !== null) sources.length = 0;
  if (sources.length > 0) await write(`\n${found.language === 'de' ? 'Quellen' : 'Sources'}:\n`);
  for (const source of sources) await write(`  ${source}\n`);
  const confidence = found.router_confidence.toFixed(2);
  say(
    `\ncategory ${found.category} (confidence ${confidence}), quality ${found.quality.toFixed(2)}, method ${found.method ?? 'none'}, tone ${found.tone ?? 'none'}`,
  );
  for (const note of found.guardrail_notes) say(`  ${note}`);
  say(
    found.review_id === null
      ? `answered; ticket ${found.ticket_id}`
      : `handed to a person (${found.guardrail_action}); ticket ${found.ticket_id}, review ${found.review_id}`,
  );
}
