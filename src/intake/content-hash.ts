import { createHash } from 'node:crypto';
import type { NewTicket } from '../ticket/index.ts';

/** What makes two sendings of one client id "the same content": everything the client said, nothing we added. */
export function contentHash(
  ticket: Omit<NewTicket, 'id' | 'createdAt' | 'sourceKey' | 'language'> & { givenLanguage: string | null },
): string {
  const said = [
    ticket.subject,
    ticket.body,
    ticket.customerEmail?.toLowerCase() ?? null,
    ticket.customerName,
    ticket.channel,
    ticket.requestedPriority,
    ticket.givenLanguage,
    Object.entries(ticket.metadata).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
