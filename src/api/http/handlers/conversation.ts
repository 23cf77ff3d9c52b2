import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CustomerRow, SessionMessage } from '../../../intake/index.ts';
import { SignalboxError } from '../../../ticket/index.ts';
import { type CustomerBody, conversationRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { CustomerInput } from '../chat-services.ts';
import type { Services } from '../services.ts';

/** Milliseconds that POST /chat waits for an answer; a language model with its second attempt takes less. */
const longestWait = 60_000;

export function bindConversation(bind: Binder, { chat }: Services): void {
  bind(conversationRoutes.chat, async ({ body, caller, effect, reply }) => {
    const started = performance.now();
    const { customer_context: claim, message } = body;
    const token = body.session_token ?? tokenOf(reply.request);
    const request = { sessionId: body.session_id ?? randomUUID(), token, caller };
    const { session, token: given } = await chat.enter(request, { ...claim, customerId: claim?.customer_id });
    // Many visitors call with one key, or none: what one of them did under an Idempotency-Key is no other's.
    const own = effect === undefined ? undefined : `${effect}:${session.id}`;
    const said = await chat.say(session, { text: message, actor: caller.name, effect: own });
    const replies = await chat.awaitReplies(session, said, longestWait);
    const { confidence, style, strategy, escalated } = await chat.standing(said.ticketId);
    await chat.markDelivered((replies ?? []).map((r) => r.id));
    return {
      status: replies === null ? 202 : 200,
      body: {
        response: (replies ?? []).map((r) => r.text).join('\n\n'),
        session_id: session.id,
        customer_id: session.customer_id,
        ticket_id: said.ticketId,
        escalated,
        pending: replies === null,
        metadata: {
          response_time: Math.round(performance.now() - started) / 1000,
          confidence,
          communication_style: style,
          strategy,
        },
        ...(given === null ? {} : { session_token: given }),
      },
    };
  });

  bind(conversationRoutes.chatMessages, async ({ params, query, caller, reply }) => {
    const token = tokenOf(reply.request);
    const session = await chat.read({ sessionId: params.session_id, token, caller });
    const after = query.since === undefined ? 0 : await chat.place(session.id, query.since);
    if (after === null)
      throw new SignalboxError('not-found', `There is no message ${query.since} in this session. Leave since out.`);
    const items = await chat.conversation(session.id, after, query.limit);
    // An agent who looks on takes nothing away from the customer.
    if (token !== undefined) await chat.markDelivered(items.filter((m) => m.author !== 'customer').map((m) => m.id));
    const standing = session.ticket_id === null ? null : await chat.standing(session.ticket_id);
    return {
      status: 200,
      body: {
        session_id: session.id,
        items: items.map(presentChatMessage),
        answering: standing?.answering ?? false,
        escalated: standing?.escalated ?? false,
      },
    };
  });
}

/** Proof that the session is the sender's. */
function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers['x-session-token'];
  return typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;
}

const presentChatMessage = ({ id, ticketId, author, text, citations, createdAt }: SessionMessage) => ({
  id,
  ticket_id: ticketId,
  author,
  text,
  citations: [...citations],
  created_at: createdAt.toISOString(),
});

export function bindCustomers(bind: Binder, { customers }: Services): void {
  bind(conversationRoutes.createCustomer, async ({ body, caller }) => ({
    status: 201,
    body: presentCustomer(await customers.create(inputOf(body), caller.name)),
  }));
  bind(conversationRoutes.listCustomers, async ({ query }) => {
    const { items, nextCursor } = await customers.list(query);
    return { status: 200, body: { items: items.map(presentCustomer), next_cursor: nextCursor } };
  });
  bind(conversationRoutes.readCustomer, async ({ params }) => {
    const { customer, assessment, tickets } = await customers.read(params.id);
    return {
      status: 200,
      body: {
        ...presentCustomer(customer),
        communication_style: assessment.style,
        stage: assessment.stage,
        frustrations: assessment.frustrations,
        ticket_count: assessment.standing.tickets,
        mean_rating: assessment.standing.rating,
        tickets: tickets.map(({ ticketId, subject, category, status, at }) => ({
          id: ticketId,
          subject,
          category,
          status,
          created_at: at,
        })),
      },
    };
  });
  bind(conversationRoutes.updateCustomer, async ({ params, body, caller }) => ({
    status: 200,
    body: presentCustomer(await customers.update(params.id, inputOf(body), caller.name)),
  }));
}

const inputOf = ({
  customer_id,
  ...rest
}: { customer_id?: string | null | undefined } & Omit<CustomerInput, 'customerId'>): CustomerInput => ({
  ...rest,
  customerId: customer_id,
});

function presentCustomer(row: CustomerRow): CustomerBody {
  const { id, external_id, email, claimed_email, name, tier, style, language, notes, metadata } = row;
  return {
    id,
    customer_id: external_id,
    email,
    claimed_email,
    name,
    tier,
    style,
    language,
    notes,
    metadata,
    created_at: row.created_at.toISOString(),
    updated_at: (row.updated_at ?? row.created_at).toISOString(),
  };
}
