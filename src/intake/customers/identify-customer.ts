import type { Trx } from '../../platform/index.ts';
import { SignalboxError, type Tier } from '../../ticket/index.ts';
import {
  type CustomerRow,
  findCustomer,
  findOrInsertCustomer,
  insertCustomer,
  type NewCustomer,
} from '../stores/customers.ts';

/** Who somebody says they are, in the customer_context of a chat or in its address. */
export interface CustomerClaim {
  /** An id of ours, or the client's own. */
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly tier?: Tier | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * First contact finds or makes the customer. A claim is believed from callers with the rights of an agent (`trusted`:
 * the company's own server, which knows who is signed in). From everybody else it finds nobody: otherwise an address
 * would be enough to be taken for its owner, with tier and earlier tickets. Such a visitor gets a row of its own, and
 * the address is noted for agents to see.
 * @throws `not-found` for an id of ours that nobody has
 */
export async function identifyCustomer(
  trx: Trx,
  claim: CustomerClaim,
  { id, trusted, now }: { id: string; trusted: boolean; now: Date },
): Promise<CustomerRow> {
  const { customerId, email, name, tier } = claim;
  if (!trusted)
    return insertCustomer(trx, { id, now, name: name ?? null, claimed_email: email ?? null, tier: 'standard' });
  const made = { id, now, name: name ?? null, email: email ?? null, tier: tier ?? 'standard' };
  if (customerId !== undefined && uuid.test(customerId)) {
    const found = await findCustomer(trx, { id: customerId });
    if (found !== null) return found;
    throw new SignalboxError(
      'not-found',
      `There is no customer ${customerId}. Leave customer_id out for a new customer, or give an id of your own that is no UUID.`,
    );
  }
  if (customerId !== undefined) return byExternalId(trx, customerId, made);
  if (email !== undefined) return findOrInsertCustomer(trx, { email }, made);
  return insertCustomer(trx, made);
}

type Made = NewCustomer & { readonly email: string | null };

/** The address goes with it when it is free; the client's own id decides who it is. */
async function byExternalId(trx: Trx, externalId: string, made: Made): Promise<CustomerRow> {
  const owner = made.email === null ? null : await findCustomer(trx, { email: made.email });
  return findOrInsertCustomer(
    trx,
    { externalId },
    { ...made, external_id: externalId, email: owner === null ? made.email : null },
  );
}
