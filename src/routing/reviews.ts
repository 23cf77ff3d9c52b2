import { appendToLedger, type Trx } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import {
  findReview,
  insertReview,
  lockReview,
  type NewReview,
  type Review,
  type ReviewDecision,
  writeDecision,
} from './stores/reviews.ts';

/**
 * Asks a person to look at a ticket. When a pending review stands already (the customer wrote again), it
 * takes the new reason and draft. @returns the id of the review that stands, given or earlier.
 */
export async function createReview(trx: Trx, review: NewReview): Promise<string> {
  const id = await insertReview(trx, review);
  await appendToLedger(trx, [
    {
      at: review.now,
      actor: 'signalbox',
      action: id === review.id ? 'review-created' : 'review-renewed',
      subjectType: 'review',
      subjectId: id,
      data: { ticket_id: review.ticketId, reason: review.reason },
    },
  ]);
  return id;
}

/** Reads a review and holds it and its ticket until the transaction ends. @throws `not-found` */
export async function readReviewForUpdate(trx: Trx, id: string): Promise<Review> {
  await lockReview(trx, id);
  const review = await findReview(trx, id);
  if (review === null) throw new SignalboxError('not-found', `There is no review ${id}.`);
  return review;
}

/**
 * Writes what a person decided. Sending the reply and moving the ticket is done by the caller, in the same
 * transaction. @throws `not-found`, `already-done` naming who decided.
 */
export async function decideReview(trx: Trx, decision: ReviewDecision): Promise<Review> {
  const review = await readReviewForUpdate(trx, decision.id);
  if (!(await writeDecision(trx, decision))) {
    throw new SignalboxError('already-done', `${review.decidedBy} decided this review before: it is ${review.status}.`);
  }
  await appendToLedger(trx, [
    {
      at: decision.now,
      actor: decision.by,
      action: `review-${decision.status}`,
      subjectType: 'ticket',
      subjectId: review.ticketId,
      data: { review_id: decision.id, reason: decision.reason, category: decision.category },
    },
  ]);
  return (await findReview(trx, decision.id))!;
}
