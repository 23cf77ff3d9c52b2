import { runChecks } from './answering/index.ts';
import { readVerdicts } from './audit/index.ts';
import { readTicket } from './intake/index.ts';
import type { Trx } from './platform/index.ts';
import { readQuestion } from './run-start.ts';

/**
 * The guardrails once more, on what a person is about to send. A person may send what the machine may not, so that
 * nothing is refused: what fails is noted on the review, for who reads it later. @returns the notes, mostly none.
 */
export async function warnAboutReply(
  trx: Trx,
  { ticketId, run, reply }: { ticketId: string; run: number; reply: string },
): Promise<string[]> {
  const ticket = await readTicket(trx, ticketId);
  const { verdicts } = await readVerdicts(trx, ticketId, run);
  const asked = await readQuestion(trx, ticketId);
  const { results } = runChecks('at-send', {
    draft: { text: reply, language: ticket.language, citations: [] },
    subject: ticket.subject,
    message: asked.text,
    language: ticket.language,
    passages: verdicts.knowledge?.passages ?? [],
    customer: verdicts.intake?.customer ?? null,
  });
  return results.filter(({ passed }) => !passed).map(({ id, detail }) => `sent all the same, ${id}: ${detail}`);
}
