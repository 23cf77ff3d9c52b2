import type { Team } from '../../../routing/index.ts';
import { agentRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import { presentAgent, presentClock, presentTicket } from '../present.ts';
import type { Services } from '../services.ts';

export function bindAgents(bind: Binder, { desk }: Services): void {
  const patched = async (...given: Parameters<typeof desk.patchAgent>) => {
    const agent = await desk.patchAgent(...given);
    return { status: 200, body: { name: agent.name, ...presentAgent(agent) } };
  };
  bind(agentRoutes.patchAgent, ({ params, body: { keep, ...patch }, caller }) =>
    patched(params.name, { ...patch, keeps: keep }, caller.name),
  );
  bind(agentRoutes.agentOffline, ({ params, body, caller }) =>
    patched(params.name, { online: false, keeps: body.keep }, caller.name),
  );
  bind(agentRoutes.agentOnline, ({ params, caller }) => patched(params.name, { online: true }, caller.name));

  bind(agentRoutes.reassignTicket, async ({ params, body, caller }) => ({
    status: 200,
    body: presentTicket(await desk.reassign(params.id, body, caller.name)),
  }));
  bind(agentRoutes.waitForCustomer, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await desk.waitForCustomer(params.id, caller.name)),
  }));
  bind(agentRoutes.continueTicket, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await desk.continueTicket(params.id, caller.name)),
  }));

  bind(agentRoutes.teams, async () => ({ status: 200, body: { items: (await desk.teams()).map(presentTeam) } }));
  bind(agentRoutes.putTeam, async ({ params, body, caller }) => {
    const team = { name: params.name, ...body, overflowMinutes: body.overflow_minutes };
    return { status: 200, body: presentTeam(await desk.putTeam(team, caller.name)) };
  });
  bind(agentRoutes.deleteTeam, async ({ params, caller }) => {
    await desk.deleteTeam(params.name, caller.name);
    return { status: 204, body: null };
  });

  bind(agentRoutes.sla, async ({ query }) => {
    const [{ items, more }, counts] = await Promise.all([desk.clocks(query), desk.countClocks()]);
    return { status: 200, body: { items: items.map(presentClock), more, counts } };
  });
}

function presentTeam({ name, serves, members, overflowMinutes }: Team) {
  return { name, serves: [...serves], members: [...members], overflow_minutes: overflowMinutes };
}
