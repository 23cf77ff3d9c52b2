import { compareReplies, contradicts, type ReplyComparison, recordOutcome, recordReplyPair } from './audit/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Trx } from './platform/index.ts';
import type { Review } from './routing/index.ts';
import type { Ticket } from './ticket/index.ts';

export interface DecidedReview {
  readonly review: Review;
  /** What was sent; null: the draft was rejected. */
  readonly reply: string | null;
  readonly actor: string;
  readonly now: Date;
}

/**
 * Keeps draft and reply as a pair to learn from, and the outcome when the draft was contradicted: rejected, rewritten
 * in substance, or robbed of a number. Within the transaction that decides the review.
 */
export async function learnFromReview(
  trx: Trx,
  { newId }: Pick<PipelineParts, 'newId'>,
  { review, reply, actor, now }: DecidedReview,
): Promise<void> {
  const { draft, ticketId, citations, reason } = review;
  if (draft === null && reply === null) return;
  const compared = draft === null || reply === null ? null : compareReplies(draft, reply);
  const isNew = await recordReplyPair(trx, {
    id: newId(),
    ticketId,
    reviewId: review.id,
    reason,
    draft,
    reply,
    unchanged: compared?.unchanged ?? false,
    similarity: compared?.similarity ?? null,
    citations,
    actor,
    createdAt: now,
  });
  const evidence = contradiction(compared, reply);
  if (!isNew || draft === null || evidence === null) return;
  await recordOutcome(trx, {
    id: newId(),
    ticketId,
    kind: 'contradicted',
    source: reply === null ? 'review-reject' : 'review-edit',
    about: 'draft',
    evidence: { review_id: review.id, actor, ...evidence },
    now,
  });
}

function contradiction(compared: ReplyComparison | null, reply: string | null): Record<string, unknown> | null {
  if (reply === null) return {};
  if (compared === null || !contradicts(compared)) return null;
  return { similarity: compared.similarity, lost_numbers: compared.lostNumbers };
}

/** A person knew better which category it is. Asked before the category is changed: the outcome is the old one's. */
export async function learnFromCategory(
  trx: Trx,
  { newId }: Pick<PipelineParts, 'newId'>,
  { ticket, to, actor, now }: { ticket: Ticket; to: string; actor: string; now: Date },
): Promise<void> {
  if (ticket.category === null || ticket.abstained === true || ticket.category === to) return;
  await recordOutcome(trx, {
    id: newId(),
    ticketId: ticket.id,
    kind: 'contradicted',
    source: 'category-correction',
    about: 'draft',
    evidence: { actor, from: ticket.category, to },
    now,
  });
}
