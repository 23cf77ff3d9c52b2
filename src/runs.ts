import { setTimeout as wait } from 'node:timers/promises';
import {
  countOvertakenRuns,
  listOverdueChats,
  noteSessionDisclosure,
  readConversationState,
  type TicketRequest,
  takeOverTickets,
  wakeSession,
} from './intake/index.ts';
import { runSteps } from './pipeline.ts';
import { defaultWishes, type PipelineParts } from './pipeline-parts.ts';
import { appendToLedger } from './platform/index.ts';
import { settleFailedRun } from './run-settle.ts';
import { claimStuckRun, startDueRun, startRun, startUntakenRun, storeForAnswer } from './run-start.ts';
import { type AnswerWishes, type OnRunEvent, SignalboxError } from './ticket/index.ts';

/** Most times a run is begun before a person gets the ticket: one that ends its process must not do so for ever. */
const mostTries = 3;
/** Most times in a row that a chat's run is begun anew because the customer wrote on; then a person gets it. */
const mostRounds = 5;

/** `POST /tickets/{id}/ai-evaluate`. @throws `not-found`, `ticket-already-processed` */
export async function evaluateTicket(parts: PipelineParts, ticketId: string, actor: string): Promise<void> {
  const number = await startRun(parts, ticketId, actor);
  await runToEnd(parts, { ticketId, number });
  await tellSession(parts, ticketId);
}

/** Milliseconds between two looks at a ticket that somebody else is at. */
const lookMs = 250;

/**
 * Evaluates a new ticket that nobody has taken; one that a person took, or that was evaluated before, is left alone.
 * Where a run is under way (an earlier attempt died over it, and the sweep took it up) its end is waited for.
 * @throws `not-found`
 */
export async function evaluateUntaken(
  parts: PipelineParts,
  ticketId: string,
  { actor, signal }: { actor: string; signal: AbortSignal },
): Promise<'evaluated' | 'left'> {
  for (let waited = false; ; waited = true) {
    const number = await startUntakenRun(parts, ticketId, actor);
    if (number === 'left') return waited ? 'evaluated' : 'left';
    if (number !== 'under-way') {
      await runToEnd(parts, { ticketId, number });
      await tellSession(parts, ticketId);
      return 'evaluated';
    }
    await wait(lookMs, undefined, { signal });
  }
}

/** A background job that was given up: a ticket that nobody has begun, or that is still being worked on, goes to a person. */
export async function handStuckRun(parts: PipelineParts, ticketId: string, reason: string): Promise<void> {
  if (!(await claimStuckRun(parts, ticketId))) return;
  await settleFailedRun(parts, ticketId, reason);
  await tellSession(parts, ticketId);
}

/** Stores what could not be routed for a person, with the reason; does nothing when it is stored. @throws `client-id-conflict` */
export async function storeForPerson(
  parts: PipelineParts,
  request: TicketRequest,
  { actor, reason }: { actor: string; reason: string },
): Promise<void> {
  const { id, isNew } = await storeForAnswer(parts, request, { wishes: defaultWishes, actor });
  if (isNew) await settleFailedRun(parts, id, reason);
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
      await tellSession(parts, id);
    }
    resumed += taken.length;
    if (taken.length < limit) return resumed;
  }
}

/** A chat whose customer has waited long enough for a further message; does nothing when it is not due. */
export async function answerDueChat(parts: PipelineParts, ticketId: string): Promise<void> {
  const number = await startDueRun(parts, ticketId);
  if (number === null) {
    if (await isStillWaitedFor(parts, ticketId)) return;
  } else if (number === 'greeted') parts.log.debug({ ticket: ticketId }, 'a greeting was answered without a run');
  else if ((await countOvertakenRuns(parts.database.db, ticketId)) < mostRounds)
    await runToEnd(parts, { ticketId, number });
  else await handToPerson(parts, ticketId, `The customer wrote on ${mostRounds} times while this was being worked on.`);
  await tellSession(parts, ticketId);
}

/** A newer message made it due later, or somebody is at it: its end is told by them. */
async function isStillWaitedFor({ database }: PipelineParts, ticketId: string): Promise<boolean> {
  const { status, assignment } = await readConversationState(database.db, ticketId);
  return status === 'processing' || (status === 'new' && assignment === 'none');
}

/**
 * After a run of a chat: whoever waits looks again, also where nothing was sent (a person took over meanwhile). That
 * the customer was told of the machine (AI_DISCLOSURE) is noted once a session; templates say it in each answer.
 */
async function tellSession({ database, clock, conversation }: PipelineParts, ticketId: string): Promise<void> {
  const { sessionId } = await readConversationState(database.db, ticketId);
  if (sessionId === null) return;
  const now = clock.now();
  await database.transaction(async (trx) => {
    if (conversation.disclosure && (await noteSessionDisclosure(trx, sessionId, now))) {
      const subject = { subjectType: 'ticket', subjectId: ticketId };
      await appendToLedger(trx, [{ at: now, actor: 'signalbox', action: 'disclosure-given', ...subject }]);
    }
    await wakeSession(trx, sessionId);
  });
}

/** How long a due chat is left to those who wait for it before the sweep takes it up. */
const overdueMs = 3_000;

/** Chats that were due when their process ended; a few at a time, because a language model may take its time. */
export async function answerOverdueChats(parts: PipelineParts): Promise<number> {
  const due = await listOverdueChats(parts.database.db, new Date(parts.clock.now().getTime() - overdueMs), 8);
  await Promise.all(due.map((ticketId) => answerDueChat(parts, ticketId)));
  return due.length;
}

/** Nothing stays half-done: a run that cannot go on ends with a person, with the reason. */
async function runToEnd(parts: PipelineParts, run: Parameters<typeof runSteps>[1]): Promise<void> {
  const { ticketId } = run;
  parts.inHand.add(ticketId);
  let ended: 'settled' | 'again' = 'settled';
  try {
    ended = await runSteps(parts, run);
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
  if (ended === 'again') await answerWhenDue(parts, ticketId);
}

/**
 * A customer who wrote on while a run was under way gets one answer, to everything, when the burst is over. The timer
 * of that message may have gone off during the run; whoever begins first has it.
 */
async function answerWhenDue(parts: PipelineParts, ticketId: string): Promise<void> {
  for (;;) {
    const { answerAt, status } = await readConversationState(parts.database.db, ticketId);
    if (answerAt === null || status !== 'new') return;
    const left = answerAt.getTime() - parts.clock.now().getTime();
    if (left <= 0) return answerDueChat(parts, ticketId);
    await wait(left, undefined, { ref: false });
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
