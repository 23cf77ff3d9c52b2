import { setImmediate as turn } from 'node:timers/promises';
import type { StreamServices } from './api/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { BatchSize, coalesce, translateDatabaseError } from './platform/index.ts';
import { type Prepared, prepareRoute, type RouteRequest } from './route-prepare.ts';
import { type Routed, storeAndAssign } from './route-store.ts';
import type { StreamBoard } from './stream-board.ts';
import { errorCodes, SignalboxError } from './ticket/index.ts';

/** Tickets that are read in one turn of the event loop: 500 at once would hold everything else up. */
const slice = 8;

/**
 * What will pass by itself, or null: the same tickets may be sent again. Not every query on the way translates what the
 * driver threw; taken for a fault of the ticket, an outage would be spent on its retries.
 */
function transientOf(error: unknown): SignalboxError | null {
  const known = translateDatabaseError(error);
  return errorCodes[known.code].retryable ? known : null;
}

/**
 * Routes up to 500 tickets in one transaction, each for itself: a refused one (its client id was used for other content)
 * is a value and stops no other. One that spoils the transaction for a reason that nobody foresaw is found by storing
 * each alone, and is then a value as well.
 * @throws what will pass by itself; none is stored then
 */
export async function routeEach(
  parts: PipelineParts,
  requests: readonly RouteRequest[],
): Promise<(Routed | SignalboxError)[]> {
  try {
    const prepared: Prepared[] = [];
    for (let i = 0; i < requests.length; i += slice) {
      prepared.push(...(await prepareRoute(parts, requests.slice(i, i + slice))));
      await turn();
    }
    return await storeAndAssign(parts, prepared);
  } catch (error) {
    const transient = transientOf(error);
    if (transient !== null) throw transient;
    if (requests.length === 1) {
      parts.log.error({ err: error }, 'a ticket of a stream could not be stored');
      return [new SignalboxError('internal', 'The ticket could not be stored.', { cause: error })];
    }
    const each: (Routed | SignalboxError)[] = [];
    for (const request of requests) each.push(...(await routeEach(parts, [request])));
    return each;
  }
}

/** Tickets of all sockets together, in batches that adapt; two are under way at a time. */
export function createStreamServices(parts: PipelineParts, board: StreamBoard): StreamServices {
  const batch = new BatchSize();
  board.watchSockets(batch);
  const submit = coalesce((requests: readonly RouteRequest[]) => routeEach(parts, requests), {
    most: () => batch.size,
    concurrency: 2,
    mayRetryAlone: () => false,
    onWritten: (seen) => batch.observe(seen),
  });
  return {
    async route(request, actor) {
      const result = await submit({ request, actor });
      if (result instanceof SignalboxError) throw result;
      return result;
    },
    sockets: board.sockets,
    states: () => board.states(),
  };
}
