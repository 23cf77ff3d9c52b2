import type { ReplyPair } from '../../../audit/index.ts';
import { decodeCursor } from '../../../platform/index.ts';
import { outcomeRoutes, type ReplyPairBody, reviewRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import { streamLines } from '../lines-stream.ts';
import type { Services } from '../services.ts';

/** What people did with drafts, and what became of what was resolved. */
export function bindOutcomes(bind: Binder, services: Services): void {
  bind(reviewRoutes.reviewReasons, async () => ({ status: 200, body: { items: await services.reviewReasons() } }));

  bind(reviewRoutes.listReplyPairs, async ({ query }) => {
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const { items, nextCursor } = await services.listReplyPairs({ limit: query.limit, after });
    return { status: 200, body: { items: items.map(presentPair), next_cursor: nextCursor } };
  });

  bind(reviewRoutes.replyPairsLines, async ({ reply }) => {
    const lines = await streamLines(presentedPairs(services), (error) =>
      reply.log.warn({ err: error }, 'a download of pairs broke off'),
    );
    reply.header('content-disposition', 'attachment; filename="pairs.jsonl"');
    return { status: 200, body: lines };
  });

  bind(outcomeRoutes.outcomes, async ({ query: { by, handled_by: worker, from, to } }) => {
    const dated = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
    const { groups, total } = await services.outcomes({ by, worker, from: dated(from), to: dated(to) });
    return { status: 200, body: { by, from: from ?? null, to: to ?? null, groups, total } };
  });
}

async function* presentedPairs(services: Services): AsyncGenerator<ReplyPairBody> {
  for await (const pair of services.streamReplyPairs()) yield presentPair(pair);
}

function presentPair(pair: ReplyPair): ReplyPairBody {
  return {
    id: pair.id,
    ticket_id: pair.ticketId,
    review_id: pair.reviewId,
    run: pair.run,
    reason: pair.reason,
    message: pair.message,
    draft: pair.draft,
    reply: pair.reply,
    unchanged: pair.unchanged,
    similarity: pair.similarity,
    category: pair.category,
    language: pair.language,
    citations: [...pair.citations],
    actor: pair.actor,
    created_at: pair.createdAt.toISOString(),
  };
}
