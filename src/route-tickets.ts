import type { PipelineParts } from './pipeline-parts.ts';
import { coalesce } from './platform/index.ts';
import type { Prepared } from './route-prepare.ts';
import { prepareRoute, type RouteRequest } from './route-prepare.ts';
import { type Routed, storeAndAssign } from './route-store.ts';
import { SignalboxError } from './ticket/index.ts';

export type { RouteRequest } from './route-prepare.ts';
export type { Routed } from './route-store.ts';

/**
 * The fast path of POST /route: intake, triage and routing in one call and one transaction. Requests that come
 * while a transaction is under way share the next one (see platform/coalesce): at 50 connections some 30
 * tickets a transaction. One at a time: a second would wait for the lock of duplicates, and would read from the database
 * what the first has yet to note in memory. route-prepare.ts is what is computed before it, route-store.ts the transaction.
 */
export interface RouteTickets {
  /** @throws `client-id-conflict` */
  route(request: RouteRequest): Promise<Routed>;
  /** All or none. @throws `client-id-conflict` naming the index. */
  routeBatch(requests: readonly RouteRequest[]): Promise<Routed[]>;
}

export function createRouteTickets(parts: PipelineParts): RouteTickets {
  const routeOne = coalesce((prepared: readonly Prepared[]) => storeAndAssign(parts, prepared), {
    most: 100,
    concurrency: 1,
    mayRetryAlone: (error) => !(error instanceof SignalboxError && error.code === 'database-unavailable'),
  });
  return {
    async route(request) {
      const [prepared] = await prepareRoute(parts, [request]);
      const result = await routeOne(prepared!);
      if (result instanceof SignalboxError) throw result;
      return result;
    },
    async routeBatch(requests) {
      const results = await storeAndAssign(parts, await prepareRoute(parts, requests), 'all-or-none');
      return results.map((r) => {
        if (r instanceof SignalboxError) throw r;
        return r;
      });
    },
  };
}
