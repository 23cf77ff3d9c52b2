import { recordSteps } from './audit/index.ts';
import {
  intakeVerdict,
  lastMessageOfCustomer,
  lockTicket,
  moveTicket,
  readTicket,
  receiveTicket,
  storeTickets,
  type TicketRequest,
} from './intake/index.ts';
import { currentVersions, defaultWishes, type PipelineParts, type RunTicket } from './pipeline-parts.ts';
import { appendToLedger, type Db } from './platform/index.ts';
import { type AnswerWishes, requireCategory, SignalboxError } from './ticket/index.ts';

/** How a run begins: the ticket is claimed by this process and the intake step has its verdict. */

/** A new ticket becomes `processing`, held by this process. @returns the number of the run. */
export async function startRun(parts: PipelineParts, ticketId: string, actor: string): Promise<number> {
  const now = parts.clock.now();
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, ticketId);
    if (before.status !== 'new' && before.status !== 'waiting_customer') {
      throw new SignalboxError(
        'ticket-already-processed',
        `The ticket was already processed: it is ${before.status}. ` +
          (before.status === 'resolved' || before.status === 'closed'
            ? 'Reopen it to have it evaluated again.'
            : 'A person decides now.'),
      );
    }
    const run = before.run + 1;
    await moveTicket(trx, ticketId, 'processing', { now, patch: { owner: parts.owner, run, tries: 1 } });
    const ticket = await readTicket(trx, ticketId);
    const newest = await lastMessageOfCustomer(trx, ticketId);
    const verdict = intakeVerdict(
      { ticket, languageConfidence: 1 },
      { id: ticket.customerId, known: ticket.customerId !== null },
      { wishes: defaultWishes, messageId: newest?.id ?? null },
    );
    await recordSteps(trx, [{ ticketId, run, step: 'intake', verdict, versions, milliseconds: 0, at: now }]);
    await appendToLedger(trx, [
      { at: now, actor, action: 'run-started', subjectType: 'ticket', subjectId: ticketId, data: { run } },
    ]);
    return run;
  });
}

/**
 * Stores a message as a ticket that is being processed by this process, with its intake verdict.
 * `isNew` is false when the same sending was stored before. @throws `client-id-conflict`
 */
export async function storeForAnswer(
  parts: PipelineParts,
  request: TicketRequest,
  { wishes, actor }: { wishes: AnswerWishes; actor: string },
): Promise<{ id: string; isNew: boolean }> {
  if (wishes.category !== null) requireCategory(parts.taxonomy, wishes.category);
  const now = parts.clock.now();
  const started = performance.now();
  const received = receiveTicket(request, { id: parts.newId(), now });
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const [stored] = await storeTickets(
      trx,
      [{ received, status: 'processing', owner: parts.owner, triage: null }],
      parts.newId,
    );
    if (stored?.kind !== 'stored') {
      if (stored?.kind === 'repeated') return { id: stored.id, isNew: false };
      throw new SignalboxError(
        'client-id-conflict',
        'This key was used for another message. Use a new key for a new message.',
      );
    }
    const verdict = intakeVerdict(
      received,
      { id: stored.customerId, known: stored.customerKnown },
      { wishes, messageId: null },
    );
    await recordSteps(trx, [
      {
        ticketId: stored.id,
        run: 1,
        step: 'intake',
        verdict,
        versions,
        milliseconds: performance.now() - started,
        at: now,
      },
    ]);
    await appendToLedger(trx, [
      {
        at: now,
        actor,
        action: 'ticket-received',
        subjectType: 'ticket',
        subjectId: stored.id,
        data: { channel: received.ticket.channel, run: 1 },
      },
    ]);
    parts.inHand.add(stored.id);
    parts.metrics.tickets.inc({ channel: 'answer' });
    return { id: stored.id, isNew: true };
  });
}

/** The ticket as a run sees it: what the customer wrote last is what wants an answer. */
export async function readRunTicket(db: Db, id: string): Promise<RunTicket> {
  const ticket = await readTicket(db, id);
  const newest = await lastMessageOfCustomer(db, id);
  return {
    id,
    subject: ticket.subject,
    body: newest?.text ?? ticket.body,
    language: ticket.language,
    requestedPriority: ticket.requestedPriority,
  };
}
