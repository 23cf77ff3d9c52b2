import type { z } from 'zod';
import { subjectOf, type TicketRequest } from '../../intake/index.ts';
import type { ErrorCode } from '../../ticket/index.ts';
import { email, streamFrame, ticketInput } from '../contract/index.ts';
import { requestOf } from './ticket-request.ts';

export type StreamMessage =
  | { readonly kind: 'ticket'; readonly clientId: string | null; readonly request: TicketRequest }
  | {
      readonly kind: 'problem';
      readonly code: ErrorCode;
      readonly words: string;
      /** The client's own id, where one can be read. */
      readonly clientId: string | null;
    };

/**
 * One message of a stream: a frame with `customer_message`, or the body of POST /route. Never throws. `sourceKey` is the
 * place in a log, so that what is read twice is stored once.
 */
export function readStreamMessage(text: string, sourceKey?: string): StreamMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'problem', code: 'malformed-json', words: 'Invalid JSON format', clientId: null };
  }
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const isBody = !('customer_message' in fields) && 'body' in fields;
  const clientId = 'ticket_id' in fields && typeof fields.ticket_id === 'string' ? fields.ticket_id : null;
  if (!isBody && (!('customer_message' in fields) || fields.customer_message == null))
    return { kind: 'problem', code: 'invalid-fields', words: "Missing required field: 'customer_message'", clientId };
  const parsed = isBody ? ticketInput.safeParse(fields) : streamFrame.safeParse(fields);
  if (!parsed.success) return { kind: 'problem', code: 'invalid-fields', words: wordsOf(parsed.error), clientId };
  const request = 'body' in parsed.data ? requestOf(parsed.data, sourceKey) : requestOfFrame(parsed.data, sourceKey);
  const channel = request.channel ?? 'stream';
  return { kind: 'ticket', clientId: request.clientTicketId ?? null, request: { ...request, channel } };
}

/** A customer is known by an address; any other name for one is kept with the ticket. */
function requestOfFrame(frame: z.output<typeof streamFrame>, sourceKey: string | undefined): TicketRequest {
  const { customer_id: customer, customer_message: body, ...rest } = frame;
  const address = rest.customer_email ?? (customer === undefined ? undefined : email.safeParse(customer).data);
  const named = customer !== undefined && customer !== address;
  return requestOf(
    {
      ...rest,
      subject: rest.subject ?? subjectOf(body),
      body,
      customer_email: address,
      metadata: named ? { ...rest.metadata, customer_id: customer } : rest.metadata,
    },
    sourceKey,
  );
}

/** Words of the contract begin with the name of the field where it has words of its own. */
function wordsOf({ issues }: z.ZodError): string {
  const { path = [], message = 'not valid' } = issues[0] ?? {};
  const where = path.join('.');
  return where === '' || message.startsWith(where) ? `${message}.` : `${where}: ${message}.`;
}
