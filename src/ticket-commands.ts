import { readAnswered, recordOutcome } from './audit/index.ts';
import { isFurtherQuestion } from './further-question.ts';
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
import { learnFromReview } from './learn-from-review.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { reopen } from './reopen-ticket.ts';
import { assignTo, decideReview, findEscalatedReview, findPendingReview, freeSlot, release } from './routing/index.ts';
import { SignalboxError, type Ticket, type TicketStatus } from './ticket/index.ts';
import { isOnlyThanks } from './triage/index.ts';

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
    await closeReview(trx, parts, { ticketId: id, reply: reply ?? null, reason, by: actor, now });
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
    await reopen(trx, parts, { id, now: parts.clock.now(), actor, by: 'reopening' });
    return readTicket(trx, id);
  });
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

/** A customer's message makes a resolved, closed or waiting ticket new again, unless it says thanks and nothing else. */
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
  if (author === 'customer') await hearCustomer(trx, parts, { ticketId, status, message, now });
  await note(trx, {
    now,
    actor,
    action: message.private ? 'note-added' : author === 'agent' ? 'reply-sent' : 'message-received',
    id: ticketId,
  });
  return added;
}

/** What a customer's message does to a ticket that nobody is working on. */
async function hearCustomer(
  trx: Trx,
  parts: PipelineParts,
  { ticketId, status, message, now }: { ticketId: string; status: TicketStatus; message: MessageToAdd; now: Date },
): Promise<void> {
  const resolved = status === 'resolved' || status === 'closed';
  if (resolved && isOnlyThanks(message.text)) {
    const said = { source: 'thanks', about: 'resolution', evidence: { actor: message.actor } } as const;
    await recordOutcome(trx, { id: parts.newId(), ticketId, kind: 'confirmed', ...said, now });
    return;
  }
  if (!resolved && status !== 'waiting_customer') return;
  const machineFirst = message.machineFirst === true;
  const saysNothing = machineFirst && (await goesOn(trx, ticketId, message.text));
  await reopen(trx, parts, { id: ticketId, now, actor: message.actor, by: 'message', machineFirst, saysNothing });
}

/** In a chat people go on to the next question in the same ticket. */
async function goesOn(trx: Trx, ticketId: string, text: string): Promise<boolean> {
  const before = await readAnswered(trx, ticketId);
  return before !== null && isFurtherQuestion(text, before);
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
    await hearFeedback(trx, parts, ticketId, { ...given, now });
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

/** Neither said to be solved nor rated well: nothing is known by it. */
async function hearFeedback(
  trx: Trx,
  { newId }: PipelineParts,
  ticketId: string,
  { rating, resolved, actor, now }: By & { rating: number; resolved: boolean; now: Date },
): Promise<void> {
  if (resolved && rating < 4) return;
  const said = { source: 'feedback', about: 'resolution', evidence: { actor, rating, resolved } } as const;
  await recordOutcome(trx, { id: newId(), ticketId, kind: resolved ? 'confirmed' : 'contradicted', ...said, now });
}
