import { readTickets } from '../../intake/index.ts';
import { type Database, type NewId, type OutboxEntry, type Trx, takeOutbox } from '../../platform/index.ts';
import type { Ticket } from '../../ticket/index.ts';
import { insertDeliveries, type NewDelivery } from '../stores/webhook-deliveries.ts';
import { listWebhooks } from '../stores/webhooks.ts';
import { describeEvent } from './describe-event.ts';
import { eventTypeOf, wants } from './events.ts';

/** The name under which webhooks hear of the ledger. */
export const subscriber = 'webhooks';

/** Entries of one transaction. With texts of 20 kB each that is 2 MB for each webhook that wants them. */
const most = 100;

/**
 * Makes deliveries of what happened, one for each webhook that wants to hear of it, in the transaction that takes the
 * events: each event is made out once. Whoever fails in between has done nothing. @returns deliveries made
 */
export async function fanOut(database: Database, { newId, now }: { newId: NewId; now: Date }): Promise<number> {
  let made = 0;
  for (;;) {
    const { taken, deliveries } = await database.transaction(async (trx) => {
      const entries = await takeOutbox(trx, subscriber, most);
      return { taken: entries.length, deliveries: await makeOut(trx, entries, { newId, now }) };
    });
    made += deliveries;
    if (taken < most) return made;
  }
}

async function makeOut(
  trx: Trx,
  entries: readonly OutboxEntry[],
  { newId, now }: { newId: NewId; now: Date },
): Promise<number> {
  if (entries.length === 0) return 0;
  const webhooks = (await listWebhooks(trx)).filter(({ enabled }) => enabled);
  const tickets = await ticketsOf(trx, entries);
  const made = receivedFirst(entries).flatMap((entry): NewDelivery[] => {
    const type = eventTypeOf(entry);
    if (type === null) return [];
    const ticket = tickets.get(entry.subjectId);
    return webhooks
      .filter(({ events, createdAt }) => wants(events, type) && createdAt <= entry.at)
      .map(({ id, includeContent }) => ({
        id: newId(),
        webhookId: id,
        ledgerId: entry.ledgerId,
        event: type,
        payload: JSON.stringify(describeEvent({ entry, type, ticket }, { includeContent })),
      }));
  });
  return insertDeliveries(trx, made, now);
}

/** The ledger notes who got a ticket before it notes that the ticket came: a receiver hears it the other way round. */
function receivedFirst(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const received = entries.filter((entry) => eventTypeOf(entry) === 'ticket.created');
  const of = new Map(received.map((entry) => [entry.subjectId, entry]));
  const told = new Set<OutboxEntry>();
  return entries.flatMap((entry) => {
    const before = of.get(entry.subjectId);
    const now = before === undefined || before === entry ? [entry] : [before, entry];
    const fresh = now.filter((one) => !told.has(one));
    for (const one of fresh) told.add(one);
    return fresh;
  });
}

async function ticketsOf(trx: Trx, entries: readonly OutboxEntry[]): Promise<ReadonlyMap<string, Ticket>> {
  const ids = new Set(entries.filter((e) => e.subjectType === 'ticket').map((e) => e.subjectId));
  return new Map((await readTickets(trx, [...ids])).map((ticket) => [ticket.id, ticket]));
}
