import { appendToLedger, type Trx } from '../platform/index.ts';
import { rejectPendingReviews } from './stores/reviews.ts';

/** Many tickets were done with at once: nobody need look at their drafts any more. The caller holds their rows. */
export async function dropReviews(
  trx: Trx,
  dropped: { ticketIds: readonly string[]; reason: string; by: string; now: Date },
): Promise<void> {
  if (dropped.ticketIds.length === 0) return;
  const { by, now, reason } = dropped;
  const reviews = await rejectPendingReviews(trx, dropped);
  await appendToLedger(
    trx,
    reviews.map(({ id, ticketId }) => ({
      at: now,
      actor: by,
      action: 'review-rejected',
      subjectType: 'ticket',
      subjectId: ticketId,
      data: { review_id: id, reason, category: null },
    })),
  );
}
