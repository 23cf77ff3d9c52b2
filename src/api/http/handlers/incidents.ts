import { decodeCursor } from '../../../platform/index.ts';
import type { Incident, IncidentMember } from '../../../triage/index.ts';
import { type IncidentBody, type IncidentMemberBody, incidentRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

const afterOf = (cursor: string | undefined) => (cursor === undefined ? undefined : decodeCursor(cursor));

export function bindIncidents(bind: Binder, services: Services): void {
  bind(incidentRoutes.listIncidents, async ({ query: { status, limit, cursor } }) => {
    const { items, nextCursor } = await services.listIncidents({ status, limit, after: afterOf(cursor) });
    return { status: 200, body: { items: items.map(presentIncident), next_cursor: nextCursor } };
  });
  bind(incidentRoutes.readIncident, async ({ params, query: { limit, cursor } }) => {
    const { incident, members, timeline } = await services.readIncident(params.id, { limit, after: afterOf(cursor) });
    return {
      status: 200,
      body: {
        ...presentIncident(incident),
        member_tickets: { items: members.items.map(presentMember), next_cursor: members.nextCursor },
        timeline: timeline.map((e) => ({ ...e, at: e.at.toISOString(), data: { ...e.data } })),
      },
    };
  });
  bind(incidentRoutes.replyToMembers, async ({ params, body, caller, effect }) => {
    const { text, language, translations, same_for_all: sameForAll, resolve, only } = body;
    const asked = { text, language, translations, sameForAll, resolve, untold: only === 'untold' };
    const result = await services.replyToMembers(params.id, { ...asked, effect, actor: caller.name });
    return { status: 200, body: { incident_id: params.id, ...result } };
  });
  bindLifecycle(bind, services);
}

function bindLifecycle(bind: Binder, services: Services): void {
  bind(incidentRoutes.closeIncident, async ({ params, body, caller }) => {
    const given = { reason: body.reason, resolveMembers: body.resolve_members };
    return { status: 200, body: presentIncident(await services.closeIncident(params.id, given, caller.name)) };
  });
  bind(incidentRoutes.reopenIncident, async ({ params, caller }) => ({
    status: 200,
    body: presentIncident(await services.reopenIncident(params.id, caller.name)),
  }));
  bind(incidentRoutes.detachTicket, async ({ params, body, caller }) => ({
    status: 200,
    body: presentIncident(await services.detachTicket(params.id, body.ticket_id, caller.name)),
  }));
  bind(incidentRoutes.attachTicket, async ({ params, body, caller }) => ({
    status: 200,
    body: presentIncident(await services.attachTicket(params.id, body.ticket_id, caller.name)),
  }));
}

function presentIncident(i: Incident): IncidentBody {
  return {
    id: i.id,
    status: i.status,
    title: i.title,
    category: i.category,
    centre_ticket: i.centreTicket,
    members: i.members,
    customers: i.customers,
    untold: i.untold,
    languages: { ...i.languages },
    opened_at: i.openedAt.toISOString(),
    last_member_at: i.lastMemberAt.toISOString(),
    close_proposed: i.closeProposedAt !== null,
    close_proposed_at: i.closeProposedAt?.toISOString() ?? null,
    resolved_at: i.resolvedAt?.toISOString() ?? null,
    resolved_by: i.resolvedBy,
  };
}

function presentMember(m: IncidentMember): IncidentMemberBody {
  return {
    ticket_id: m.ticketId,
    subject: m.subject,
    language: m.language,
    status: m.status,
    customer_id: m.customerId,
    at: m.at.toISOString(),
    similarity: m.probability,
    duplicate_of: m.duplicateOf,
    same_customer: m.sameCustomer,
    waiting: m.held,
    told_at: m.toldAt?.toISOString() ?? null,
  };
}
