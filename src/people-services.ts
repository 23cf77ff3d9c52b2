import type { Services } from './api/index.ts';
import { countOutcomes, listReplyPairs, outcomeShares, streamReplyPairs } from './audit/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { reviewReasons } from './policy/index.ts';
import { countPendingReviews } from './routing/index.ts';

/** What can be asked of the work of people, and of what became of it. */
export function createPeopleServices({ database }: PipelineParts) {
  const { db } = database;
  return {
    reviewReasons: async () => {
      const pending = await countPendingReviews(db);
      return Object.entries(reviewReasons).map(([code, reason]) => ({
        code,
        ...reason,
        pending: pending.get(code) ?? 0,
      }));
    },
    listReplyPairs: (page) => listReplyPairs(db, page),
    streamReplyPairs: () => streamReplyPairs(db),
    outcomes: async (question) => outcomeShares(await countOutcomes(db, question)),
  } satisfies Partial<Services>;
}
