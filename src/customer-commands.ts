import type { CustomerInput, CustomerServices } from './api/index.ts';
import {
  assessCustomer,
  type CustomerRow,
  insertCustomer,
  listCustomers,
  listTicketsOfCustomer,
  type NewCustomer,
  readCustomer,
  updateCustomer,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, decodeCursor, type Trx } from './platform/index.ts';
import { showsFrustration } from './run-start.ts';

const ticketsShown = 20;

/** What people do with customers. Each change is one transaction with its row in the ledger. */
export function createCustomerServices(parts: PipelineParts): CustomerServices {
  const { db } = parts.database;
  const change = (actor: string, action: string, work: (trx: Trx, now: Date) => Promise<CustomerRow>) =>
    parts.database.transaction(async (trx) => {
      const now = parts.clock.now();
      const customer = await work(trx, now);
      const subject = { subjectType: 'customer', subjectId: customer.id };
      await appendToLedger(trx, [{ at: now, actor, action, ...subject }]);
      return customer;
    });
  return {
    create: (input, actor) =>
      change(actor, 'customer-created', (trx, now) =>
        insertCustomer(trx, { ...columnsOf(input), id: parts.newId(), now }),
      ),
    update: (id, input, actor) =>
      change(actor, 'customer-changed', (trx, now) => updateCustomer(trx, id, { ...columnsOf(input), now })),
    list: ({ cursor, ...filters }) =>
      listCustomers(db, { ...filters, after: cursor === undefined ? undefined : decodeCursor(cursor) }),
    async read(id) {
      const customer = await readCustomer(db, id);
      const assessment = await assessCustomer(db, customer, { now: parts.clock.now(), showsFrustration });
      return { customer, assessment, tickets: await listTicketsOfCustomer(db, id, { limit: ticketsShown }) };
    },
  };
}

type CustomerColumns = Omit<NewCustomer, 'id' | 'now'>;

/** Only what was given: a field that is left out stays as it is. */
function columnsOf({ customerId, metadata, ...rest }: CustomerInput) {
  const columns = { ...rest, external_id: customerId, metadata: metadata && JSON.stringify(metadata) };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as CustomerColumns;
}
