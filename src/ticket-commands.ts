import {
  addMessage,
  type Feedback,
  listMessages,
  lockTicket,
  type Message,
  moveTicket,
  type ReadAttachment,
  readTicket,
  receiveTicket,
  storeAttachments,
  storeFeedback,
  storeTickets,
  type TicketRequest,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { assignTickets, assignTo, decideReview, findPendingReview, freeSlot, release } from './routing/index.ts';
import { SignalboxError, type Ticket } from './ticket/index.ts';

/** What people do with a ticket. Each command is one transaction with its row in the ledger. */

export interface By {
  readonly actor: string;
}

export async function createTicket(parts: PipelineParts, request: TicketRequest, { actor }: By): Promise<Ticket> {
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
      await note(trx, {
        now,
        actor,
        action: 'ticket-received',
        id: stored.id,
        data: { channel: received.ticket.channel },
      });
    }
    return readTicket(trx, stored.id);
  });
}

interface Note {
  readonly now: Date;
  readonly actor: string;
  readonly action: string;
  readonly id: string;
  readonly data?: Record<string, unknown>;
}

const note = (trx: Trx, { now, actor, action, id, data }: Note) =>
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
      await note(trx, { now, actor, action: 'reply-sent', id });
    }
    await closeReview(trx, { ticketId: id, reply: reply ?? null, reason, by: actor, now });
    if (before.assignment !== 'none') await freeSlot(trx, { ticketId: id, by: actor, now });
    await note(trx, { now, actor, action: 'ticket-resolved', id, data: { reason } });
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
  { ticketId, reply, ...decided }: { ticketId: string; reply: string | null; reason: string; by: string; now: Date },
): Promise<void> {
  const id = await findPendingReview(trx, ticketId);
  if (id === null) return;
  await decideReview(trx, { id, status: reply === null ? 'rejected' : 'edited', reply, category: null, ...decided });
}

/** Closing twice is fine; closing what is not resolved is not. */
export async function closeTicket(parts: PipelineParts, id: string, { actor }: By): Promise<Ticket> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, id);
    if (before.status !== 'closed') {
      await moveTicket(trx, id, 'closed', { now, patch: { closed_at: now } });
      if (before.assignment !== 'none') await freeSlot(trx, { ticketId: id, by: actor, now });
      await note(trx, { now, actor, action: 'ticket-closed', id });
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
    await reopen(trx, id, { now: parts.clock.now(), actor });
    return readTicket(trx, id);
  });
}

/** It is new again and somebody's again: nobody waits for an answer that no one is asked to give. */
async function reopen(
  trx: Trx,
  id: string,
  { now, actor, machineFirst = false }: { now: Date; actor: string; machineFirst?: boolean },
): Promise<void> {
  await moveTicket(trx, id, 'new', { now, patch: { resolved_at: null, closed_at: null, handled_by: null } });
  await note(trx, { now, actor, action: 'ticket-reopened', id });
  if (machineFirst) return;
  const { category, department, abstained, priority } = await readTicket(trx, id);
  const place = {
    id,
    category,
    department,
    abstained: abstained !== false,
    priority: priority ?? 'medium',
    createdAt: now,
  };
  await assignTickets(trx, [place], now);
}

export interface MessageToAdd extends By {
  readonly id?: string | undefined;
  readonly text: string;
  readonly author: 'customer' | 'agent';
  readonly private: boolean;
  /** Stored with it, in the same transaction. */
  readonly attachments?: readonly ReadAttachment[] | undefined;
  /** A chat: the machine answers a reopened ticket first, nobody is asked before it has. */
  readonly machineFirst?: boolean;
}

/** A customer's message makes a resolved, closed or waiting ticket new again. */
export function addTicketMessage(parts: PipelineParts, ticketId: string, message: MessageToAdd): Promise<Message> {
  return parts.database.transaction((trx) => addMessageWithin(trx, parts, { ticketId, message }));
}

/** The same within a transaction of the caller's: the chat does more in it (src/conversation.ts). */
export async function addMessageWithin(
  trx: Trx,
  parts: PipelineParts,
  { ticketId, message }: { ticketId: string; message: MessageToAdd },
): Promise<Message> {
  const now = parts.clock.now();
  const { actor, text, author } = message;
  if (author === 'customer' && message.private)
    throw new SignalboxError('invalid-fields', 'A private note is written by an agent, not by a customer.', {
      fields: [{ path: 'private', message: 'must be false when author is customer' }],
    });
  const { status } = await lockTicket(trx, ticketId);
  const added = await addMessage(trx, {
    id: message.id ?? parts.newId(),
    ticketId,
    author,
    actor,
    text,
    private: message.private,
    citations: [],
    now,
  });
  const { attachments = [] } = message;
  await storeAttachments(trx, { ticketId, messageId: added.id, attachments, now }, parts.newId);
  if (author === 'customer' && (status === 'resolved' || status === 'closed' || status === 'waiting_customer'))
    await reopen(trx, ticketId, { now, actor, machineFirst: message.machineFirst === true });
  await note(trx, {
    now,
    actor,
    action: message.private ? 'note-added' : author === 'agent' ? 'reply-sent' : 'message-received',
    id: ticketId,
  });
  return added;
}

export async function listTicketMessages(parts: PipelineParts, ticketId: string): Promise<Message[]> {
  await readTicket(parts.database.db, ticketId);
  return listMessages(parts.database.db, ticketId);
}

/** Once, and only when the ticket is resolved or closed. */
export async function giveFeedback(
  parts: PipelineParts,
  ticketId: string,
  given: By & { rating: number; resolved: boolean; comment: string | null },
): Promise<Feedback> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    const { status } = await lockTicket(trx, ticketId);
    if (status !== 'resolved' && status !== 'closed')
      throw new SignalboxError('invalid-state', `Feedback can be given when the ticket is resolved; it is ${status}.`);
    const feedback = await storeFeedback(trx, {
      ticket_id: ticketId,
      rating: given.rating,
      resolved: given.resolved,
      comment: given.comment,
      created_at: now,
    });
    await note(trx, {
      now,
      actor: given.actor,
      action: 'feedback-given',
      id: ticketId,
      data: { rating: given.rating, resolved: given.resolved },
    });
    return feedback;
  });
}
