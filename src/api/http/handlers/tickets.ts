import { v5 } from 'uuid';
import { decodeCursor } from '../../../platform/index.ts';
import { ticketRoutes } from '../../contract/index.ts';
import { apartFor } from '../apart-for.ts';
import type { Binder } from '../bind-route.ts';
import { presentClock, presentMessage, presentReview, presentTicket } from '../present.ts';
import { presentFeatures } from '../present-features.ts';
import { readFiles } from '../read-files.ts';
import type { Services } from '../services.ts';
import { requestOf } from '../ticket-request.ts';
import { presentAttachment } from './files.ts';

const afterOf = (cursor: string | undefined) => (cursor === undefined ? undefined : decodeCursor(cursor));

/** Namespace of ids that are made from an Idempotency-Key. */
const effects = 'b0d9a3b6-6f0c-4c60-9f6e-3f0d5c1f7a11';

export function bindTickets(bind: Binder, services: Services): void {
  bindTicketItself(bind, services);
  bindConversation(bind, services);
  bindFeatures(bind, services);
  bindReviews(bind, services);
}

function bindTicketItself(bind: Binder, services: Services): void {
  bind(ticketRoutes.createTicket, async ({ body, caller, effect }) => {
    const request = { ...requestOf(body, effect), attachments: await readFiles(body.attachments) };
    const ticket = await services.createTicket(request, caller.name, body.evaluate);
    return { status: 201, body: apartFor(caller, presentTicket(ticket)) };
  });

  bind(ticketRoutes.listTickets, async ({ query }) => {
    const { items, nextCursor } = await services.listTickets({ ...query, after: afterOf(query.cursor) });
    return { status: 200, body: { items: items.map(presentTicket), next_cursor: nextCursor } };
  });

  bind(ticketRoutes.readTicket, async ({ params }) => ({
    status: 200,
    body: {
      ...presentTicket(await services.readTicket(params.id)),
      attachments: (await services.listAttachments(params.id)).map(presentAttachment),
      sla: (await services.desk.clocksOf(params.id)).map(presentClock),
    },
  }));
  bind(ticketRoutes.evaluateTicket, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await services.evaluateTicket(params.id, caller.name)),
  }));
  bind(ticketRoutes.assignTicket, async ({ params, body, caller }) => ({
    status: 200,
    body: presentTicket(await services.assignTicket(params.id, body.agent, caller.name)),
  }));
  bind(ticketRoutes.releaseTicket, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await services.releaseTicket(params.id, caller.name)),
  }));
  bind(ticketRoutes.resolveTicket, async ({ params, body, caller }) => ({
    status: 200,
    body: presentTicket(await services.resolveTicket(params.id, body, caller.name)),
  }));
  bind(ticketRoutes.closeTicket, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await services.closeTicket(params.id, caller.name)),
  }));
  bind(ticketRoutes.reopenTicket, async ({ params, caller }) => ({
    status: 200,
    body: presentTicket(await services.reopenTicket(params.id, caller.name)),
  }));
}

function bindConversation(bind: Binder, services: Services): void {
  bind(ticketRoutes.giveFeedback, async ({ params, body, caller }) => {
    const feedback = await services.giveFeedback(params.id, { ...body, comment: body.comment ?? null }, caller.name);
    return { status: 201, body: { ...feedback, created_at: feedback.created_at.toISOString() } };
  });

  bind(ticketRoutes.listMessages, async ({ params }) => ({
    status: 200,
    body: { items: (await services.listMessages(params.id)).map(presentMessage) },
  }));

  bind(ticketRoutes.addMessage, async ({ params, body, caller, effect }) => {
    const id = effect === undefined ? undefined : v5(effect, effects);
    const attachments = await readFiles(body.attachments);
    return {
      status: 201,
      body: presentMessage(await services.addMessage(params.id, { id, ...body, attachments }, caller.name)),
    };
  });

  bind(ticketRoutes.readTrace, async ({ params }) => {
    const { steps, decisions, events } = await services.readTrace(params.id);
    return {
      status: 200,
      body: {
        ticket_id: params.id,
        steps: steps.map(({ run, step, verdict, versions, milliseconds, at }) => ({
          run,
          step,
          verdict,
          versions,
          milliseconds,
          at: at.toISOString(),
        })),
        decisions: decisions.map(({ id, run, outcome, decided_by, checks, created_at }) => ({
          id,
          run,
          outcome,
          decided_by,
          checks,
          created_at: created_at.toISOString(),
        })),
        events: events.map(({ at, actor, action, data }) => ({ at: at.toISOString(), actor, action, data })),
      },
    };
  });
}

function bindFeatures(bind: Binder, services: Services): void {
  bind(ticketRoutes.readFeatures, async ({ params }) => ({
    status: 200,
    body: presentFeatures(params.id, await services.readFeatures(params.id)),
  }));
}

function bindReviews(bind: Binder, services: Services): void {
  bind(ticketRoutes.listReviews, async ({ query }) => {
    const { items, nextCursor } = await services.listReviews({
      status: query.status,
      reason: query.reason || undefined,
      limit: query.limit,
      after: afterOf(query.cursor),
    });
    return { status: 200, body: { items: items.map(presentReview), next_cursor: nextCursor } };
  });

  bind(ticketRoutes.decideReview, async ({ params, body, caller }) => ({
    status: 200,
    body: presentReview(await services.decideReview(params.id, body, caller.name)),
  }));
}
