import {
  addMessage,
  type LockedTicket,
  listMessages,
  lockTicket,
  moveTicket,
  readTicket,
  updateTicket,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
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
    if (reply !== null) {
      await refuseOvertaken(trx, review);
      await send(trx, { parts, review, decision, reply, now });
      if (ticket.assignment !== 'none') await freeSlot(trx, { ticketId: ticket.id, by: decision.actor, now });
    }
    if (decision.category !== undefined)
      await correctCategory(trx, { parts, ticket, category: decision.category, waits: reply === null, now });
    return decideReview(trx, {
      id: reviewId,
      status: statusOf[decision.action],
      reply,
      category: decision.category ?? null,
      reason: decision.reason,
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

async function refuseOvertaken(trx: Trx, review: Review): Promise<void> {
  const messages = await listMessages(trx, review.ticketId);
  const newer = messages.some((m) => m.author === 'customer' && m.created_at > review.createdAt);
  if (newer)
    throw new SignalboxError(
      'newer-message',
      'The customer wrote again after this draft was made. Read the conversation, then answer it (POST /tickets/{id}/resolve with a reply) or reject the draft.',
    );
}

interface Sending {
  readonly parts: PipelineParts;
  readonly review: Review;
  readonly decision: ReviewDecision;
  readonly reply: string;
  readonly now: Date;
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
  await appendToLedger(trx, [
    {
      at: now,
      actor: decision.actor,
      action: 'reply-sent',
      subjectType: 'ticket',
      subjectId: review.ticketId,
      data: { review_id: review.id },
    },
  ]);
}

interface Correction {
  readonly parts: PipelineParts;
  readonly ticket: LockedTicket;
  readonly category: string;
  /** False when the ticket was just resolved with a reply. */
  readonly waits: boolean;
  readonly now: Date;
}

async function correctCategory(trx: Trx, { parts, ticket, category, waits, now }: Correction): Promise<void> {
  const { name, department, intent } = requireCategory(parts.taxonomy, category);
  await updateTicket(trx, ticket.id, { category: name, department, intent, abstained: false }, now);
  // A ticket that waits stands in the queue of its old category.
  if (ticket.assignment !== 'waiting' || !waits) return;
  const { priority, createdAt } = await readTicket(trx, ticket.id);
  await assignTickets(
    trx,
    [{ id: ticket.id, category: name, department, abstained: false, priority: priority ?? 'medium', createdAt }],
    now,
  );
}
