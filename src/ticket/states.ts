import { SignalboxError } from './errors.ts';
import type { TicketStatus } from './ticket.ts';

/**
 * new → processing → resolved | awaiting_review | failed; a chat's run that was overtaken: processing → new
 * new, awaiting_review ⇄ waiting_customer; a person resolves from new, awaiting_review, waiting_customer, failed
 * resolved → closed; a reopening or a customer's message makes resolved and closed new again.
 */
const transitions: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['processing', 'waiting_customer', 'resolved', 'awaiting_review'],
  processing: ['resolved', 'awaiting_review', 'failed', 'new'],
  awaiting_review: ['waiting_customer', 'resolved'],
  waiting_customer: ['new', 'awaiting_review', 'resolved'],
  resolved: ['closed', 'new'],
  closed: ['new'],
  failed: ['new', 'resolved', 'awaiting_review'],
};

export function mayMove(from: TicketStatus, to: TicketStatus): boolean {
  return transitions[from].includes(to);
}

/** @throws SignalboxError `invalid-state` naming both states. */
export function assertMayMove(from: TicketStatus, to: TicketStatus): void {
  if (mayMove(from, to)) return;
  throw new SignalboxError('invalid-state', `A ticket that is ${from} cannot become ${to}.`);
}
