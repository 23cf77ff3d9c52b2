import { type TicketRequest, takeOverTickets } from './intake/index.ts';
import { runSteps } from './pipeline.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { settleFailedRun } from './run-settle.ts';
import { startRun, storeForAnswer } from './run-start.ts';
import { type AnswerWishes, type OnRunEvent, SignalboxError } from './ticket/index.ts';

/** Most times a run is begun before a person gets the ticket: one that ends its process must not do so for ever. */
const mostTries = 3;

/** `POST /tickets/{id}/ai-evaluate`. @throws `not-found`, `ticket-already-processed` */
export async function evaluateTicket(parts: PipelineParts, ticketId: string, actor: string): Promise<void> {
  const number = await startRun(parts, ticketId, actor);
  await runToEnd(parts, { ticketId, number });
}

/** `POST /answer`: the message becomes a ticket and goes through the steps. Returns the ticket's id. */
export async function answerMessage(
  parts: PipelineParts,
  request: TicketRequest,
  asked: { wishes: AnswerWishes; actor: string; onEvent?: OnRunEvent },
): Promise<string> {
  const stored = await storeForAnswer(parts, request, asked);
  if (stored.isNew) await runToEnd(parts, { ticketId: stored.id, number: 1, onEvent: asked.onEvent });
  return stored.id;
}

/** Finishes what processes that are gone have left half-done, and what this one lost while the database was away. */
export async function resumeTickets(parts: PipelineParts): Promise<number> {
  const limit = 20;
  for (let resumed = 0; ; ) {
    const taken = await takeOverTickets(parts.database.db, {
      owner: parts.owner,
      inHand: [...parts.inHand],
      limit,
      now: parts.clock.now(),
    });
    for (const { id } of taken) parts.inHand.add(id);
    for (const { id, run, tries } of taken) {
      parts.metrics.resumed.inc();
      if (tries <= mostTries) await runToEnd(parts, { ticketId: id, number: run });
      else await handToPerson(parts, id, `The run was begun ${mostTries} times without coming to an end.`);
    }
    resumed += taken.length;
    if (taken.length < limit) return resumed;
  }
}

/** Nothing stays half-done: a run that cannot go on ends with a person, with the reason. */
async function runToEnd(parts: PipelineParts, run: Parameters<typeof runSteps>[1]): Promise<void> {
  const { ticketId } = run;
  parts.inHand.add(ticketId);
  try {
    await runSteps(parts, run);
  } catch (error) {
    parts.log.error({ err: error, ticket: ticketId }, 'a run failed');
    await handToPerson(
      parts,
      ticketId,
      error instanceof SignalboxError ? error.message : 'A step failed unexpectedly; the log tells more.',
    );
  } finally {
    parts.inHand.delete(ticketId);
  }
}

async function handToPerson(parts: PipelineParts, ticketId: string, reason: string): Promise<void> {
  try {
    await settleFailedRun(parts, ticketId, reason);
  } catch (error) {
    // The database is away, too. The ticket stays `processing`, and the next sweep takes it up again.
    parts.log.error({ err: error, ticket: ticketId }, 'a failed run could not be handed to a person yet');
  } finally {
    parts.inHand.delete(ticketId);
  }
}
