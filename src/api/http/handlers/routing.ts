import type { QueueDepth } from '../../../routing/index.ts';
import { SignalboxError } from '../../../ticket/index.ts';
import { routingRoutes } from '../../contract/index.ts';
import { apartFor } from '../apart-for.ts';
import type { Binder } from '../bind-route.ts';
import { presentAgent, presentQueued, presentRouted } from '../present.ts';
import type { Services } from '../services.ts';
import { requestOf } from '../ticket-request.ts';

export function bindRouting(bind: Binder, services: Services): void {
  bind(routingRoutes.route, async ({ body, caller, effect }) => {
    const result = await services.route(requestOf(body, effect), caller.name);
    return { status: 200, body: apartFor(caller, presentRouted(result)) };
  });

  bind(routingRoutes.routeBatch, async ({ body, caller, effect }) => {
    refuseTwins(body.tickets.map((t) => t.ticket_id));
    const requests = body.tickets.map((ticket, i) =>
      requestOf(ticket, effect === undefined ? undefined : `${effect}:${i}`),
    );
    const results = (await services.routeBatch(requests, caller.name)).map(presentRouted);
    return { status: 200, body: { results, count: results.length } };
  });

  bind(routingRoutes.stats, async () => {
    const [counts, agents, webhookFires, incidents, depth] = await Promise.all([
      services.counts(),
      services.agents(),
      services.webhooks.delivered(),
      services.countIncidents(),
      services.desk.queueDepth(),
    ]);
    const states = agents.map((a) => [a.name, presentAgent(a)] as const);
    return {
      status: 200,
      body: {
        tickets_routed: counts.total,
        category_counts: counts.categories,
        urgent_count: counts.urgent,
        critical_count: counts.critical,
        waiting_count: counts.waiting,
        waiting: {
          high: presentDepth(depth.high),
          medium: presentDepth(depth.medium),
          low: presentDepth(depth.low),
        },
        review_count: counts.reviews,
        status_counts: counts.statuses,
        webhook_fires: webhookFires,
        master_incidents: incidents.open + incidents.resolved,
        open_incidents: incidents.open,
        agent_status: Object.fromEntries(
          states.map(([name, { load, capacity, utilisation }]) => [name, { load, capacity, utilisation }]),
        ),
      },
    };
  });

  bind(routingRoutes.agents, async () => ({
    status: 200,
    body: { agents: Object.fromEntries((await services.agents()).map((a) => [a.name, presentAgent(a)])) },
  }));

  bind(routingRoutes.putAgent, async ({ params, body, caller }) => {
    const agent = await services.putAgent({ name: params.name, ...body }, caller.name);
    return { status: 200, body: { name: agent.name, ...presentAgent(agent) } };
  });

  bind(routingRoutes.deleteAgent, async ({ params, caller }) => ({
    status: 200,
    body: { requeued: await services.deleteAgent(params.name, caller.name) },
  }));

  bind(routingRoutes.queue, async ({ query }) => {
    const { items, nextCursor, total } = await services.listQueue({
      limit: query.limit,
      cursor: query.cursor,
      team: query.team,
    });
    return { status: 200, body: { items: items.map(presentQueued), next_cursor: nextCursor, total } };
  });

  bind(routingRoutes.queueNext, async ({ body, caller }) => {
    const claimed = await services.queueNext(body.agent, caller.name);
    return claimed === null ? { status: 204, body: null } : { status: 200, body: presentQueued(claimed) };
  });

  bind(routingRoutes.queuePeek, async () => {
    const first = await services.peekQueue();
    return first === null ? { status: 204, body: null } : { status: 200, body: presentQueued(first) };
  });
}

const presentDepth = ({ count, longestSeconds }: QueueDepth['high']) => ({
  count,
  longest_seconds: longestSeconds,
});

/** Within one batch a client id may stand once. */
function refuseTwins(ids: readonly (string | undefined)[]): void {
  const seen = new Map<string, number>();
  ids.forEach((id, i) => {
    if (id === undefined) return;
    const first = seen.get(id);
    if (first !== undefined) {
      const path = `tickets[${i}].ticket_id`;
      throw new SignalboxError(
        'invalid-fields',
        `${path} is the same as tickets[${first}].ticket_id; each ticket needs its own.`,
        { fields: [{ path, message: `is the same as tickets[${first}].ticket_id` }] },
      );
    }
    seen.set(id, i);
  });
}
