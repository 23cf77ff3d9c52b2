import { createHash } from 'node:crypto';
import type { NewTicket } from '../ticket/index.ts';

/** What makes two sendings of one client id "the same content": everything the client said, nothing we added. */
export function contentHash(
  ticket: Omit<NewTicket, 'id' | 'createdAt' | 'sourceKey' | 'language'> & {
    givenLanguage: string | null;
    /** Name and hash of each file sent along. */
    files: readonly (readonly string[])[];
  },
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
    // A ticket without files hashes as it did before there were any.
    ...(ticket.files.length > 0 ? [ticket.files] : []),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
