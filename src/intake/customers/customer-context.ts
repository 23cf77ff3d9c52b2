import type { Db } from '../../platform/index.ts';
import type { CustomerContext, CustomerStage, Turn } from '../../ticket/index.ts';
import {
  type CustomerRow,
  type CustomerStanding,
  findCustomer,
  listTextsOfCustomer,
  listTicketsOfCustomer,
  readStanding,
} from '../stores/customers.ts';
import { detectStyle } from './detect-style.ts';

/** Messages that are read for style and frustration: the last ones, because people change. */
const textsRead = 10;
const earlierKept = 5;
/** A reopening that is longer ago says nothing about today. */
const lately = 30 * 86_400_000;

export interface ContextQuestion {
  readonly customerId: string;
  /** The ticket that is about to be answered. */
  readonly ticketId: string;
  readonly turns: readonly Turn[];
  readonly now: Date;
  /** Given in from outside: what frustration is, is triage's matter. */
  readonly showsFrustration: (text: string) => boolean;
}

/** Who writes, as the steps of a run see them; null when the customer is not known. Five statements. */
export async function readCustomerContext(db: Db, question: ContextQuestion): Promise<CustomerContext | null> {
  const { customerId, ticketId, turns } = question;
  const customer = await findCustomer(db, { id: customerId });
  if (customer === null) return null;
  const earlier = await listTicketsOfCustomer(db, customerId, { before: ticketId, limit: earlierKept });
  const { style, stage, frustrations } = await assessCustomer(db, customer, question);
  return { id: customer.id, name: customer.name, tier: customer.tier, style, stage, earlier, turns, frustrations };
}

/**
 * Somebody who only says who they are: the present text and what it came with. Name, tier and earlier tickets of the
 * customer with this address would otherwise be told to whoever knows the address.
 */
export function strangerContext(
  { customerId, name, text }: { customerId: string; name: string | null; text: string },
  showsFrustration: (text: string) => boolean,
): CustomerContext {
  return {
    id: customerId,
    name,
    tier: 'standard',
    style: detectStyle([text]),
    stage: 'new',
    earlier: [],
    turns: [],
    frustrations: showsFrustration(text) ? 1 : 0,
  };
}

export interface Assessment extends Pick<CustomerContext, 'style' | 'stage' | 'frustrations'> {
  readonly standing: CustomerStanding;
}

/** What is computed of a customer whenever it is asked for: nothing of it is stored, so that nothing gets stale. */
export async function assessCustomer(
  db: Db,
  customer: Pick<CustomerRow, 'id' | 'style'>,
  { now, showsFrustration }: Pick<ContextQuestion, 'now' | 'showsFrustration'>,
): Promise<Assessment> {
  const written = await listTextsOfCustomer(db, customer.id, textsRead);
  const standing = await readStanding(db, customer.id, new Date(now.getTime() - lately));
  const calm = written.findIndex(({ text }) => !showsFrustration(text));
  const frustrations = calm === -1 ? written.length : calm;
  return {
    // What a person set goes before what is read from the words.
    style: customer.style ?? detectStyle(written.map((w) => w.text)),
    stage: stageOf(standing, frustrations),
    frustrations,
    standing,
  };
}

/**
 * at_risk: frustrated in the last two messages, a ticket that came back within 30 days, or a last rating of 1 or 2. new:
 * the first ticket. loyal: five tickets or more and a mean rating of 4 or more. active: everybody else.
 */
export function stageOf(standing: CustomerStanding, frustrations: number): CustomerStage {
  const { tickets, rating, lastRating, reopened } = standing;
  if (frustrations >= 2 || reopened > 0 || (lastRating !== null && lastRating <= 2)) return 'at_risk';
  if (tickets <= 1) return 'new';
  return tickets >= 5 && rating !== null && rating >= 4 ? 'loyal' : 'active';
}
