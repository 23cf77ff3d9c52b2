import { readAnswered, recordOutcome } from './audit/index.ts';
import { isFurtherQuestion } from './further-question.ts';
import {
  addMessage,
  type Feedback,
  listMessages,
  lockTicket,
  type Message,
  type ReadAttachment,
  readTicket,
  storeAttachments,
  storeFeedback,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Trx } from './platform/index.ts';
import { reopen } from './reopen-ticket.ts';
import { SignalboxError, type TicketStatus } from './ticket/index.ts';
import { type By, noteOnTicket as note } from './ticket-commands.ts';
import { isOnlyGreeting, isOnlyThanks } from './triage/index.ts';

/** What is said in a ticket, by its customer or by people, and what the customer says of the answer. */

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
  const saysNothing = machineFirst && (isOnlyGreeting(message.text) || (await goesOn(trx, ticketId, message.text)));
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
