import { readReviewPlace, readTicketEvents, takenOver, wroteAgain } from './audit/index.ts';
import { warnAboutReply } from './check-reply.ts';
import { addMessage, type LockedTicket, lockTicket, moveTicket, readTicket, updateTicket } from './intake/index.ts';
import { learnFromCategory, learnFromReview } from './learn-from-review.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { stepUp } from './policy/index.ts';
import { assignTickets, decideReview, freeSlot, type Review, readReviewForUpdate } from './routing/index.ts';
import { requireCategory, SignalboxError } from './ticket/index.ts';

export interface ReviewDecision {
  readonly action: 'approve' | 'edit' | 'reject' | 'escalate';
  readonly reply?: string | undefined;
  readonly category?: string | undefined;
  readonly reason: string;
  readonly actor: string;
}

/**
 * A person decides. Approve sends the draft as it stands, edit sends the reply given; both resolve the ticket.
 * Reject drops the draft and escalate passes it on: the ticket stays with people. The state is checked again
 * here, at the moment of sending: what was decided, resolved or overtaken by a newer message is refused.
 */
export async function decideOnReview(
  parts: PipelineParts,
  reviewId: string,
  decision: ReviewDecision,
): Promise<Review> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    const review = await readReviewForUpdate(trx, reviewId);
    if (review.status !== 'pending') {
      throw new SignalboxError(
        'already-done',
        `${review.decidedBy} decided this review before: it is ${review.status}.`,
      );
    }
    const ticket = await lockTicket(trx, review.ticketId);
    const reply = replyOf(review, decision);
    const notes = reply === null ? [] : await sendReply(trx, { parts, review, ticket, decision, reply, now });
    if (decision.category !== undefined)
      await correctCategory(trx, { parts, ticket, category: decision.category, decision, waits: reply === null, now });
    if (decision.action === 'escalate') await raise(trx, { ticketId: ticket.id, actor: decision.actor, now });
    else await learnFromReview(trx, parts, { review, reply, actor: decision.actor, now });
    return decideReview(trx, {
      id: reviewId,
      status: statusOf[decision.action],
      reply,
      category: decision.category ?? null,
      reason: decision.reason,
      notes,
      by: decision.actor,
      now,
    });
  });
}

const statusOf = { approve: 'approved', edit: 'edited', reject: 'rejected', escalate: 'escalated' } as const;

/** The text that goes to the customer, or null when nothing is sent. */
function replyOf(review: Review, { action, reply }: ReviewDecision): string | null {
  if (action === 'edit') {
    if (reply !== undefined) return reply;
    throw new SignalboxError('invalid-fields', 'To edit, give the reply that is to be sent.', {
      fields: [{ path: 'reply', message: 'is missing' }],
    });
  }
  if (action !== 'approve') return null;
  if (review.draft !== null) return review.draft;
  throw new SignalboxError('invalid-state', 'This review has no draft to approve. Use edit with a reply of your own.');
}

interface Sending {
  readonly parts: PipelineParts;
  readonly review: Review;
  readonly ticket: LockedTicket;
  readonly decision: ReviewDecision;
  readonly reply: string;
  readonly now: Date;
}

/** @returns what the guardrails say of the reply, to be noted on the review. */
async function sendReply(trx: Trx, sending: Sending): Promise<string[]> {
  const { review, ticket, decision, reply, now } = sending;
  await refuseOvertaken(trx, sending);
  const notes = await warnAboutReply(trx, { ticketId: review.ticketId, run: ticket.run, reply });
  await send(trx, sending);
  if (ticket.assignment !== 'none') await freeSlot(trx, { ticketId: ticket.id, by: decision.actor, now });
  return notes;
}

/** The draft was made for the conversation as it stood; who has gone on with it since decides what is said. */
async function refuseOvertaken(trx: Trx, { review, ticket, decision }: Sending): Promise<void> {
  const since = await readReviewPlace(trx, review.id);
  const events = await readTicketEvents(trx, review.ticketId);
  const wrote = wroteAgain(events, since);
  if (wrote !== null)
    throw new SignalboxError(
      'newer-message',
      `The customer wrote again at ${wrote.toISOString()}, after this draft was made. Read the conversation, then answer it (POST /tickets/{id}/resolve with a reply) or reject the draft.`,
    );
  const by = takenOver(events, { since, decider: decision.actor });
  if (by !== null)
    throw new SignalboxError(
      'person-took-over',
      `${by.how === 'replied' ? `${by.who} replied to the customer` : `${by.who} was given the ticket`} at ${by.at.toISOString()}, after this draft was made, so it is not sent. Leave the ticket to them, or answer it with POST /tickets/{id}/resolve.`,
    );
  const last = events.at(-1);
  if (ticket.status !== 'awaiting_review')
    throw new SignalboxError(
      'person-took-over',
      `The ticket is ${ticket.status} since ${last?.actor ?? 'somebody'} changed it${last === undefined ? '' : ` at ${last.at.toISOString()}`}, so the draft is not sent.`,
    );
}

async function send(trx: Trx, { parts, review, decision, reply, now }: Sending): Promise<void> {
  const asDrafted = decision.action === 'approve';
  await moveTicket(trx, review.ticketId, 'resolved', {
    now,
    patch: { handled_by: 'human', resolved_at: now },
  });
  await addMessage(trx, {
    id: parts.newId(),
    ticketId: review.ticketId,
    author: 'agent',
    actor: decision.actor,
    text: reply,
    private: false,
    citations: asDrafted ? review.citations : [],
    now,
  });
  const data = { review_id: review.id };
  const subject = { subjectType: 'ticket', subjectId: review.ticketId };
  await appendToLedger(trx, [{ at: now, actor: decision.actor, action: 'reply-sent', ...subject, data }]);
}

/** Who cannot decide says that it matters: the ticket is one step more urgent, and so nearer to the front of the queue. */
async function raise(
  trx: Trx,
  { ticketId, actor, now }: { ticketId: string; actor: string; now: Date },
): Promise<void> {
  const { priority: from } = await readTicket(trx, ticketId);
  const to = stepUp(from ?? 'medium');
  if (to === from) return;
  await updateTicket(trx, ticketId, { priority: to }, now);
  const subject = { subjectType: 'ticket', subjectId: ticketId };
  await appendToLedger(trx, [{ at: now, actor, action: 'priority-raised', ...subject, data: { from, to } }]);
}

interface Correction {
  readonly parts: PipelineParts;
  readonly ticket: LockedTicket;
  readonly category: string;
  readonly decision: ReviewDecision;
  /** False when the ticket was just resolved with a reply. */
  readonly waits: boolean;
  readonly now: Date;
}

async function correctCategory(trx: Trx, correction: Correction): Promise<void> {
  const { parts, ticket, category, decision, waits, now } = correction;
  const { name, department, intent } = requireCategory(parts.taxonomy, category);
  const before = await readTicket(trx, ticket.id);
  await learnFromCategory(trx, parts, { ticket: before, to: name, actor: decision.actor, now });
  await updateTicket(trx, ticket.id, { category: name, department, intent, abstained: false }, now);
  // A ticket that waits stands in the queue of its old category.
  if (ticket.assignment !== 'waiting' || !waits) return;
  const { priority, createdAt } = before;
  await assignTickets(
    trx,
    [{ id: ticket.id, category: name, department, abstained: false, priority: priority ?? 'medium', createdAt }],
    now,
  );
}
