import {
  addMessage,
  lockTicket,
  moveTicket,
  readTicket,
  receiveTicket,
  storeTickets,
  type TicketRequest,
} from './intake/index.ts';
import { learnFromReview } from './learn-from-review.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { reopen } from './reopen-ticket.ts';
import { assignTo, decideReview, findEscalatedReview, findPendingReview, freeSlot, release } from './routing/index.ts';
import { SignalboxError, type Ticket } from './ticket/index.ts';

/** What people do with a ticket. Each command is one transaction with its row in the ledger. */

export interface By {
  readonly actor: string;
}

/** `also` is done in the same transaction with a ticket that is new. */
export async function createTicket(
  parts: PipelineParts,
  request: TicketRequest,
  { actor, also }: By & { also?: ((trx: Trx, ticket: Ticket) => Promise<void>) | undefined },
): Promise<Ticket> {
  const now = parts.clock.now();
  const received = receiveTicket(request, { id: parts.newId(), now });
  return parts.database.transaction(async (trx) => {
    const [stored] = await storeTickets(trx, [{ received, status: 'new', owner: null, triage: null }], parts.newId);
    if (stored === undefined || stored.kind === 'conflict') {
      throw new SignalboxError(
        'client-id-conflict',
        `The ticket_id ${JSON.stringify(request.clientTicketId ?? null)} was used for a ticket with other content. Use a new id for a new ticket.`,
      );
    }
    if (stored.kind === 'stored') {
      parts.metrics.tickets.inc({ channel: received.ticket.channel === 'api' ? 'tickets' : 'other' });
      await noteOnTicket(trx, {
        now,
        actor,
        action: 'ticket-received',
        id: stored.id,
        data: { channel: received.ticket.channel },
      });
    }
    const ticket = await readTicket(trx, stored.id);
    if (stored.kind === 'stored') await also?.(trx, ticket);
    return ticket;
  });
}

interface Note {
  readonly now: Date;
  readonly actor: string;
  readonly action: string;
  readonly id: string;
  readonly data?: Record<string, unknown>;
}

/** One row of the ledger about a ticket. */
export const noteOnTicket = (trx: Trx, { now, actor, action, id, data }: Note) =>
  appendToLedger(trx, [{ at: now, actor, action, subjectType: 'ticket', subjectId: id, data: data ?? {} }]);

export async function assignTicket(
  parts: PipelineParts,
  id: string,
  { agent, actor }: By & { agent: string },
): Promise<Ticket> {
  return parts.database.transaction(async (trx) => {
    await assignTo(trx, { ticketId: id, agent, by: actor, now: parts.clock.now() });
    return readTicket(trx, id);
  });
}

export async function releaseTicket(parts: PipelineParts, id: string, { actor }: By): Promise<Ticket> {
  return parts.database.transaction(async (trx) => {
    await release(trx, { ticketId: id, by: actor, now: parts.clock.now() });
    return readTicket(trx, id);
  });
}

/** A person resolves: the reply, if any, goes to the customer; an open review is closed with it. */
export async function resolveTicket(
  parts: PipelineParts,
  id: string,
  { actor, reply, reason }: By & { reply?: string | undefined; reason: string },
): Promise<Ticket> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    await refuseInHand(trx, id);
    const before = await moveTicket(trx, id, 'resolved', {
      now,
      patch: { handled_by: 'human', resolved_at: now },
    });
    if (reply !== undefined) {
      await addMessage(trx, {
        id: parts.newId(),
        ticketId: id,
        author: 'agent',
        actor,
        text: reply,
        private: false,
        citations: [],
        now,
      });
      await noteOnTicket(trx, { now, actor, action: 'reply-sent', id });
    }
    await closeReview(trx, parts, { ticketId: id, reply: reply ?? null, reason, by: actor, now });
    if (before.assignment !== 'none') await freeSlot(trx, { ticketId: id, by: actor, now });
    await noteOnTicket(trx, { now, actor, action: 'ticket-resolved', id, data: { reason } });
    return readTicket(trx, id);
  });
}

/** While the machine is at it (some milliseconds, with a language model some seconds) a person's word would be overrun. */
async function refuseInHand(trx: Trx, id: string): Promise<void> {
  const { status } = await lockTicket(trx, id);
  if (status !== 'processing') return;
  throw new SignalboxError(
    'invalid-state',
    'A ticket that is processing cannot become resolved. Try again in a moment.',
  );
}

/** Who resolves a ticket by hand has thereby decided its review. */
async function closeReview(
  trx: Trx,
  parts: PipelineParts,
  { ticketId, reply, ...decided }: { ticketId: string; reply: string | null; reason: string; by: string; now: Date },
): Promise<void> {
  const id = await findPendingReview(trx, ticketId);
  const status = reply === null ? 'rejected' : 'edited';
  const review =
    id === null
      ? await findEscalatedReview(trx, ticketId)
      : await decideReview(trx, { id, status, reply, category: null, ...decided });
  // Resolved without a word (by phone, say): nobody has said anything about the draft.
  if (review === null || reply === null) return;
  await learnFromReview(trx, parts, { review, reply, actor: decided.by, now: decided.now });
}

/** Closing twice is fine; closing what is not resolved is not. */
export async function closeTicket(parts: PipelineParts, id: string, { actor }: By): Promise<Ticket> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, id);
    if (before.status !== 'closed') {
      await moveTicket(trx, id, 'closed', { now, patch: { closed_at: now } });
      if (before.assignment !== 'none') await freeSlot(trx, { ticketId: id, by: actor, now });
      await noteOnTicket(trx, { now, actor, action: 'ticket-closed', id });
    }
    return readTicket(trx, id);
  });
}

export async function reopenTicket(parts: PipelineParts, id: string, { actor }: By): Promise<Ticket> {
  return parts.database.transaction(async (trx) => {
    const { status } = await lockTicket(trx, id);
    if (status !== 'resolved' && status !== 'closed')
      throw new SignalboxError(
        'invalid-state',
        `A ticket that is ${status} cannot be reopened; only resolved and closed ones can.`,
      );
    await reopen(trx, parts, { id, now: parts.clock.now(), actor, by: 'reopening' });
    return readTicket(trx, id);
  });
}
