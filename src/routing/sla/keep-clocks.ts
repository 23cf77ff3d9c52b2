import {
  appendToLedger,
  type Database,
  oldestInOutbox,
  setSubscription,
  type Trx,
  takeOutbox,
} from '../../platform/index.ts';
import { priorities } from '../../ticket/index.ts';
import {
  type ClockFilters,
  type ClockRow,
  countClocks,
  findDrift,
  listAnswered,
  listClocks,
  listClocksOf,
  listUnanswered,
  lockClocks,
  markBreaches,
  type Prediction,
  readClocks,
  readFollowed,
  writeClocks,
  writeRisks,
} from '../stores/sla-clocks.ts';
import { type BusinessCalendar, openCalendar } from './business-calendar.ts';
import { type Clock, type ClockRules, clockRules } from './clocks.ts';
import { followEvent, followedActions, type TicketEvent } from './follow-ticket.ts';
import { paceOf, willBeLate } from './predict.ts';
import type { SlaSettings } from './sla-settings.ts';

/**
 * Keeps the clocks of tickets as a subscriber of the outbox: what moves a ticket pays for one row in the outbox and
 * nothing else, and the clocks are some seconds behind. They never lose or count twice: clocks and the taking from
 * the outbox are one transaction. One process at a time does it, whichever.
 */
export interface Sla {
  /** Begins to hear of tickets. At every start. */
  subscribe(): Promise<void>;
  /** Brings the clocks up to date; every few seconds. @returns the clocks that it saw to be breached. */
  keep(now: Date): Promise<readonly Clock[]>;
  list(filters: ClockFilters): Promise<{ items: ClockRow[]; more: boolean }>;
  ofTicket(ticketId: string): Promise<ClockRow[]>;
  counts(): ReturnType<typeof countClocks>;
}

const subscriber = 'sla';
/** Entries, and clocks, that are taken together: some milliseconds of work between two looks at the event loop. */
const together = 200;
/** A reply that was sent in time may be committed, and so heard of, a moment after the clock was due. */
const graceMs = 5_000;
/** Milliseconds between two looks for what the ledger did not tell; also how long a ticket has rested by then. */
const correctEveryMs = 60_000;
/** First responses by which the pace is told: those of the last two weeks, at most so many. */
const paceFrom = { days: 14, most: 50 } as const;
/** Waiting tickets of one priority for which is predicted, the first in line. */
const predictedFor = 2_000;

export function createSla(database: Database, settings: SlaSettings): Sla {
  const { db } = database;
  const calendar = openCalendar(settings.calendar);
  const rules = clockRules(settings.targets, calendar);
  let correctedAt = Number.NEGATIVE_INFINITY;
  return {
    subscribe: () => setSubscription(db, subscriber, followedActions),
    async keep(now) {
      const breached = await followAll(database, rules, now);
      if (now.getTime() - correctedAt >= correctEveryMs) {
        correctedAt = now.getTime();
        breached.push(...(await correctAll(database, rules, now)));
      }
      breached.push(...(await markAllLate(database, now)));
      const named = await predictLate(db, calendar, now);
      await database.transaction((trx) => writeRisks(trx, named, now));
      return breached;
    },
    list: (filters) => listClocks(db, filters),
    ofTicket: (ticketId) => listClocksOf(db, ticketId),
    counts: () => countClocks(db),
  };
}

/** Takes what is in the outbox and moves the clocks of those tickets. @returns the clocks that were stopped too late. */
async function followAll(database: Database, rules: ClockRules, now: Date): Promise<Clock[]> {
  const breached: Clock[] = [];
  for (;;) {
    const taken = await database.transaction(async (trx) => {
      await lockClocks(trx);
      const entries = await takeOutbox(trx, subscriber, together);
      const ofTickets = entries.filter((e) => e.subjectType === 'ticket');
      const byTicket = Map.groupBy(ofTickets, (e) => e.subjectId);
      breached.push(...(await follow(trx, rules, { byTicket, now })));
      return entries.length;
    });
    if (taken < together) return breached;
  }
}

/**
 * What no followed action told of (an update by hand, a change of category that made it urgent) is caught up with as
 * if one had; only where the ticket has rested and nothing is left in the outbox that may tell more of it.
 */
async function correctAll(database: Database, rules: ClockRules, now: Date): Promise<readonly Clock[]> {
  return database.transaction(async (trx) => {
    await lockClocks(trx);
    if ((await oldestInOutbox(trx, subscriber)) !== null) return [];
    const drift = await findDrift(trx, new Date(now.getTime() - correctEveryMs), together);
    const byTicket = new Map(drift.map((d) => [d.ticketId, [{ action: d.action, at: d.at, data: {} }]]));
    return follow(trx, rules, { byTicket, now });
  });
}

/** Whatever was due before the oldest thing that the outbox has yet to tell of. */
async function markAllLate(database: Database, now: Date): Promise<Clock[]> {
  const breached: Clock[] = [];
  for (;;) {
    const late = await database.transaction(async (trx) => {
      await lockClocks(trx);
      const oldest = (await oldestInOutbox(trx, subscriber))?.getTime() ?? Number.POSITIVE_INFINITY;
      const until = new Date(Math.min(now.getTime() - graceMs, oldest));
      const marked = await markBreaches(trx, until, together);
      await recordBreaches(trx, marked, now);
      return marked;
    });
    breached.push(...late);
    if (late.length < together) return breached;
  }
}

/** Who waits for a response and will get it too late, by the pace of the last answers of that priority. */
async function predictLate(db: Database['db'], calendar: BusinessCalendar, now: Date): Promise<Prediction[]> {
  const named: Prediction[] = [];
  const since = new Date(now.getTime() - paceFrom.days * 86_400_000);
  for (const priority of priorities) {
    const pace = paceOf(await listAnswered(db, priority, { since, limit: paceFrom.most }), calendar);
    if (pace === null) continue;
    named.push(...willBeLate(await listUnanswered(db, priority, predictedFor), pace, { calendar, now }));
  }
  return named;
}

interface ToFollow {
  readonly byTicket: ReadonlyMap<string, readonly TicketEvent[]>;
  readonly now: Date;
}

/** @returns the clocks that turn out to have been stopped, or put on hold, too late. */
async function follow(trx: Trx, rules: ClockRules, { byTicket, now }: ToFollow): Promise<readonly Clock[]> {
  if (byTicket.size === 0) return [];
  const ids = [...byTicket.keys()];
  const [known, tickets] = [await readClocks(trx, ids), await readFollowed(trx, ids)];
  const changed: Clock[] = [];
  const breached: Clock[] = [];
  for (const [ticketId, events] of byTicket) {
    const ticket = tickets.get(ticketId);
    // A ticket that is there no more has no clocks.
    if (ticket === undefined) continue;
    const before = new Set(known.get(ticketId) ?? []);
    const after = events.reduce<Clock[]>((clocks, event) => followEvent(clocks, event, { rules, ticket }), [...before]);
    const moved = after.filter((c) => !before.has(c));
    changed.push(...moved);
    const wasBreached = new Set([...before].filter((c) => c.breachedAt !== null).map(keyOf));
    breached.push(...moved.filter((c) => c.breachedAt !== null && !wasBreached.has(keyOf(c))));
  }
  await writeClocks(trx, changed);
  await recordBreaches(trx, breached, now);
  return breached;
}

const keyOf = ({ clock, round }: Clock) => `${clock} ${round}`;

async function recordBreaches(trx: Trx, clocks: readonly Clock[], now: Date): Promise<void> {
  await appendToLedger(
    trx,
    clocks.map((c) => ({
      at: now,
      actor: 'signalbox',
      action: 'sla-breached',
      subjectType: 'ticket',
      subjectId: c.ticketId,
      data: {
        clock: c.clock,
        round: c.round,
        priority: c.priority,
        target_minutes: c.target,
        due_at: c.breachedAt!.toISOString(),
      },
    })),
  );
}
