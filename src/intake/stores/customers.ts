import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { type Cursor, type Db, isUniqueViolation, type Trx, toPage } from '../../platform/index.ts';
import { type EarlierTicket, SignalboxError, type Tier } from '../../ticket/index.ts';
import type { CustomersTable, IntakeTables } from './tables.ts';

export type CustomerRow = Selectable<CustomersTable>;
export type CustomerPatch = Omit<Updateable<CustomersTable>, 'id' | 'created_at' | 'updated_at'>;
export type NewCustomer = Omit<Insertable<CustomersTable>, Defaulted | 'created_at' | 'updated_at'> &
  Partial<Pick<Insertable<CustomersTable>, Defaulted>> & { readonly now: Date };
type Defaulted = Exclude<keyof CustomersTable, 'id' | 'created_at' | 'updated_at'>;

const taken = (cause: unknown) =>
  new SignalboxError(
    'already-done',
    'There is a customer with this e-mail address or customer_id. Find it with GET /customers?q= and change it with PUT.',
    { cause },
  );

/** @throws `already-done` when address or external id belong to another customer */
export async function insertCustomer(db: Db, { now, ...given }: NewCustomer): Promise<CustomerRow> {
  const row: Insertable<CustomersTable> = {
    external_id: null,
    email: null,
    name: null,
    tier: 'standard',
    style: null,
    language: null,
    notes: '',
    metadata: '{}',
    claimed_email: null,
    ...given,
    created_at: now,
    updated_at: now,
  };
  try {
    const tables = db.withTables<IntakeTables>();
    return await tables.insertInto('intake.customers').values(row).returningAll().executeTakeFirstOrThrow();
  } catch (error) {
    throw isUniqueViolation(error) ? taken(error) : error;
  }
}

/** @throws `not-found`, `already-done` when address or external id belong to another customer */
export async function updateCustomer(
  db: Db,
  id: string,
  { now, ...patch }: CustomerPatch & { now: Date },
): Promise<CustomerRow> {
  try {
    const row = await db
      .withTables<IntakeTables>()
      .updateTable('intake.customers')
      .set({ ...patch, updated_at: now })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw notFound(id);
    return row;
  } catch (error) {
    throw isUniqueViolation(error) ? taken(error) : error;
  }
}

const notFound = (id: string) => new SignalboxError('not-found', `There is no customer ${id}.`);

/** @throws `not-found` */
export async function readCustomer(db: Db, id: string): Promise<CustomerRow> {
  const row = await findCustomer(db, { id });
  if (row === null) throw notFound(id);
  return row;
}

/** By exactly one of the three; addresses without regard to case. */
export async function findCustomer(
  db: Db,
  by: { id: string } | { externalId: string } | { email: string },
): Promise<CustomerRow | null> {
  const query = db.withTables<IntakeTables>().selectFrom('intake.customers').selectAll();
  const found =
    'id' in by
      ? query.where('id', '=', by.id)
      : 'externalId' in by
        ? query.where('external_id', '=', by.externalId)
        : query.where(sql<boolean>`lower(email) = ${by.email.toLowerCase()}`);
  return (await found.executeTakeFirst()) ?? null;
}

export interface CustomerFilters {
  /** Part of name, address (claimed ones too) or external id. */
  readonly q?: string | undefined;
  readonly tier?: Tier | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Newest first. */
export async function listCustomers(
  db: Db,
  { q, tier, limit, after }: CustomerFilters,
): Promise<{ items: CustomerRow[]; nextCursor: string | null }> {
  let query = db
    .withTables<IntakeTables>()
    .selectFrom('intake.customers')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (tier !== undefined) query = query.where('tier', '=', tier);
  if (q !== undefined && q !== '') {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or((['name', 'email', 'claimed_email', 'external_id'] as const).map((column) => eb(column, 'ilike', like))),
    );
  }
  if (after !== undefined) query = query.where(sql<boolean>`(created_at, id) < (${after.at}, ${after.id}::uuid)`);
  return toPage(await query.execute(), limit, (c) => ({ at: c.created_at as Date, id: c.id }));
}

/** Newest first. `before` leaves that ticket and all that came after it out. */
export async function listTicketsOfCustomer(
  db: Db,
  customerId: string,
  { before = null, limit }: { before?: string | null; limit: number },
): Promise<EarlierTicket[]> {
  const earlier =
    before === null
      ? sql`true`
      : sql`(t.created_at, t.id) < (select b.created_at, b.id from intake.tickets b where b.id = ${before}::uuid)`;
  const { rows } = await sql<EarlierTicket & { at: Date | string }>`
    select t.id as "ticketId", t.subject, t.category, t.status, t.created_at as at
    from intake.tickets t where t.customer_id = ${customerId} and ${earlier}
    order by t.created_at desc, t.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

/** What the customer wrote last in any ticket, newest first. */
export async function listTextsOfCustomer(
  db: Db,
  customerId: string,
  limit: number,
): Promise<{ ticketId: string; text: string }[]> {
  const { rows } = await sql<{ ticketId: string; text: string }>`
    select "ticketId", text from (
      select t.id as "ticketId", t.body as text, t.created_at as at, 0::bigint as seq
      from intake.tickets t where t.customer_id = ${customerId}
      union all
      select t.id, m.text, m.created_at, m.seq
      from intake.tickets t join intake.messages m on m.ticket_id = t.id
      where t.customer_id = ${customerId} and m.author = 'customer') w
    order by at desc, seq desc limit ${limit}`.execute(db);
  return rows;
}

export interface CustomerStanding {
  readonly tickets: number;
  /** Mean rating in [1,5] of the tickets that have one; null without any. */
  readonly rating: number | null;
  readonly lastRating: number | null;
  /** Tickets that came back since the given time. */
  readonly reopened: number;
}

export async function readStanding(db: Db, customerId: string, since: Date): Promise<CustomerStanding> {
  const { rows } = await sql<CustomerStanding>`
    select count(*) as tickets, avg(f.rating)::float8 as rating,
      (array_agg(f.rating order by f.created_at desc) filter (where f.rating is not null))[1] as "lastRating",
      count(*) filter (where exists (select 1 from platform.ledger l where l.subject_type = 'ticket'
        and l.subject_id = t.id::text and l.action = 'ticket-reopened' and l.at >= ${since})) as reopened
    from intake.tickets t left join intake.feedback f on f.ticket_id = t.id
    where t.customer_id = ${customerId}`.execute(db);
  return rows[0]!;
}

/** Of two first contacts at once one makes the row, and both get it. */
export async function findOrInsertCustomer(
  trx: Trx,
  by: { externalId: string } | { email: string },
  made: NewCustomer,
): Promise<CustomerRow> {
  const found = await findCustomer(trx, by);
  if (found !== null) return found;
  const column = 'externalId' in by ? sql`(external_id)` : sql`(lower(email))`;
  await sql`insert into intake.customers (id, external_id, email, name, tier, created_at, updated_at)
    values (${made.id}, ${made.external_id ?? null}, ${made.email ?? null}, ${made.name ?? null}, ${made.tier ?? 'standard'}, ${made.now}, ${made.now})
    on conflict ${column} do nothing`.execute(trx);
  const row = await findCustomer(trx, by);
  if (row === null) throw new Error('a customer was neither stored nor found');
  return row;
}
