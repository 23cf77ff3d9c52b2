import type { TicketRequest } from '../../intake/index.ts';
import type { TicketInput } from '../contract/index.ts';

/** `effect` names what is done under an Idempotency-Key: the ticket carries it, so that it is stored once. */
export function requestOf(input: TicketInput, effect: string | undefined): TicketRequest {
  return {
    subject: input.subject,
    body: input.body,
    customerEmail: input.customer_email,
    customerName: input.customer_name,
    clientTicketId: input.ticket_id,
    channel: input.channel,
    priority: input.priority,
    language: input.language,
    metadata: input.metadata,
    sourceKey: effect,
  };
}
