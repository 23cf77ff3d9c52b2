import { recordSteps, type StepRecord } from './audit/index.ts';
import {
  intakeVerdict,
  lockTicket,
  type ReceivedTicket,
  readTickets,
  receiveTicket,
  type StoredTicket,
  storeTickets,
  type TicketRequest,
  updateTicket,
} from './intake/index.ts';
import { currentVersions, type PipelineParts, versionsAfter } from './pipeline-parts.ts';
import { appendToLedger, coalesce, type Trx } from './platform/index.ts';
import { raisePriority } from './policy/index.ts';
import { assignTickets, queueOf } from './routing/index.ts';
import { type Priority, type RoutingVerdict, SignalboxError, type Ticket, type TriageVerdict } from './ticket/index.ts';
import type { TextToTriage } from './triage/index.ts';
import { triageColumns } from './triage-columns.ts';

/**
 * The fast path of POST /route: intake, triage and routing in one call and one transaction. Requests that come
 * while a transaction is under way share the next one (see platform/coalesce): at 50 connections some 30
 * tickets a transaction.
 */
export interface RouteRequest {
  readonly request: TicketRequest;
  readonly actor: string;
}

export type Routed =
  | {
      readonly kind: 'routed';
      readonly ticketId: string;
      readonly received: ReceivedTicket;
      readonly triage: TriageVerdict;
      readonly priority: Priority;
      readonly routing: RoutingVerdict;
      readonly milliseconds: { triage: number; store: number };
    }
  /** The same sending was stored before: the ticket as it is now. */
  | { readonly kind: 'repeated'; readonly ticket: Ticket };

interface Prepared {
  readonly received: ReceivedTicket;
  readonly triage: TriageVerdict;
  readonly priority: Priority;
  readonly actor: string;
  readonly triageMs: number;
}

export interface RouteTickets {
  /** @throws `client-id-conflict` */
  route(request: RouteRequest): Promise<Routed>;
  /** All or none. @throws `client-id-conflict` naming the index. */
  routeBatch(requests: readonly RouteRequest[]): Promise<Routed[]>;
}

export function createRouteTickets(parts: PipelineParts): RouteTickets {
  const routeOne = coalesce((prepared: readonly Prepared[]) => storeAndAssign(parts, prepared), {
    most: 100,
    concurrency: 2,
    mayRetryAlone: (error) => !(error instanceof SignalboxError && error.code === 'database-unavailable'),
  });
  return {
    async route(request) {
      const [prepared] = await prepare(parts, [request]);
      const result = await routeOne(prepared!);
      if (result instanceof SignalboxError) throw result;
      return result;
    },
    async routeBatch(requests) {
      const results = await storeAndAssign(parts, await prepare(parts, requests), 'all-or-none');
      return results.map((r) => {
        if (r instanceof SignalboxError) throw r;
        return r;
      });
    },
  };
}

async function prepare(parts: PipelineParts, requests: readonly RouteRequest[]): Promise<Prepared[]> {
  const received = requests.map(({ request }) => receiveTicket(request, { id: parts.newId(), now: parts.clock.now() }));
  const started = performance.now();
  const verdicts = await assess(
    parts,
    received.map(({ ticket, read }) => ({ ...read, language: ticket.language })),
  );
  const triageMs = (performance.now() - started) / requests.length;
  return received.map((one, i) => ({
    received: one,
    triage: verdicts[i]!,
    priority: raisePriority(verdicts[i]!.priority, one.ticket.requestedPriority),
    actor: requests[i]!.actor,
    triageMs,
  }));
}

/**
 * A model that fails loses no ticket: those it could not read are stored, abstained, and a person sorts them. One text
 * that the model can't bear must not spoil the others of its batch, so they are tried one by one.
 */
async function assess(parts: PipelineParts, texts: readonly TextToTriage[]): Promise<TriageVerdict[]> {
  try {
    return await parts.triage.assessAll(texts);
  } catch (error) {
    if (texts.length > 1) return (await Promise.all(texts.map((text) => assess(parts, [text])))).flat();
    parts.log.error({ err: error }, 'the triage model failed; the ticket goes to a person');
    return texts.map((text) => parts.triage.assessWithoutModel(text));
  }
}

async function storeAndAssign(
  parts: PipelineParts,
  prepared: readonly Prepared[],
  mode: 'each' | 'all-or-none' = 'each',
): Promise<(Routed | SignalboxError)[]> {
  const started = performance.now();
  const versions = await currentVersions(parts);
  const { stored, routings } = await parts.database.transaction(async (trx) => {
    const stored = await storeTickets(
      trx,
      prepared.map((p) => ({ ...p, status: 'new' as const, owner: null, queue: queueOf(p.triage) })),
      parts.newId,
    );
    if (mode === 'all-or-none') refuseConflicts(stored, prepared);
    const fresh = prepared.map((p, i) => ({ ...p, stored: stored[i]! })).filter((p) => p.stored.kind === 'stored');
    const found = await assignFresh(trx, fresh, parts.clock.now());
    await writeVerdicts(trx, {
      fresh,
      routings: found,
      versions,
      storeMs: (performance.now() - started) / Math.max(1, fresh.length),
    });
    await routeEarlier(trx, parts, { prepared, stored });
    return { stored, routings: new Map(fresh.map((f, i) => [f.received.ticket.id, found[i]!])) };
  });
  const repeated = new Map(
    (
      await readTickets(
        parts.database.db,
        stored.filter((s) => s.kind === 'repeated').map((s) => s.id),
      )
    ).map((t) => [t.id, t]),
  );
  const storeMs = performance.now() - started;
  return prepared.map((p, i) =>
    outcomeOf(p, {
      stored: stored[i]!,
      routing: routings.get(p.received.ticket.id),
      repeated,
      storeMs,
      parts,
    }),
  );
}

/** A ticket that was created without triage (POST /tickets) and is now sent to be routed gets what it lacks. */
async function routeEarlier(
  trx: Trx,
  parts: PipelineParts,
  { prepared, stored }: { prepared: readonly Prepared[]; stored: readonly StoredTicket[] },
): Promise<void> {
  const now = parts.clock.now();
  for (const [i, { kind, id }] of stored.entries()) {
    if (kind !== 'repeated') continue;
    const { status, category } = await lockTicket(trx, id);
    if (status !== 'new' || category !== null) continue;
    const { triage, priority, received } = prepared[i]!;
    await updateTicket(trx, id, triageColumns(triage, received.ticket.requestedPriority), now);
    const { category: found, department, abstained } = triage;
    await assignTickets(trx, [{ id, category: found, department, abstained, priority, createdAt: now }], now);
  }
}

function outcomeOf(
  p: Prepared,
  found: {
    stored: StoredTicket;
    routing: RoutingVerdict | undefined;
    repeated: Map<string, Ticket>;
    storeMs: number;
    parts: PipelineParts;
  },
): Routed | SignalboxError {
  const { stored, routing, repeated, storeMs, parts } = found;
  if (stored.kind === 'conflict') return conflict(p.received.ticket.clientTicketId);
  if (stored.kind === 'repeated') return { kind: 'repeated', ticket: repeated.get(stored.id)! };
  parts.metrics.tickets.inc({ channel: 'route' });
  return {
    kind: 'routed',
    ticketId: stored.id,
    received: p.received,
    triage: p.triage,
    priority: p.priority,
    routing: routing!,
    milliseconds: { triage: p.triageMs, store: storeMs },
  };
}

function conflict(clientId: string | null, index?: number): SignalboxError {
  const where = index === undefined ? '' : ` (tickets[${index}])`;
  return new SignalboxError(
    'client-id-conflict',
    `The ticket_id ${JSON.stringify(clientId)}${where} was used for a ticket with other content. Use a new id for a new ticket.`,
  );
}

function refuseConflicts(stored: readonly StoredTicket[], prepared: readonly Prepared[]): void {
  const index = stored.findIndex((s) => s.kind === 'conflict');
  if (index >= 0) throw conflict(prepared[index]!.received.ticket.clientTicketId, index);
}

type Fresh = Prepared & { readonly stored: StoredTicket };

function assignFresh(trx: Trx, fresh: readonly Fresh[], now: Date): Promise<RoutingVerdict[]> {
  const tickets = fresh.map(({ received, triage, priority }) => ({
    id: received.ticket.id,
    category: triage.category,
    department: triage.department,
    abstained: triage.abstained,
    priority,
    createdAt: received.ticket.createdAt,
  }));
  return tickets.length === 0 ? Promise.resolve([]) : assignTickets(trx, tickets, now);
}

async function writeVerdicts(
  trx: Trx,
  written: {
    fresh: readonly Fresh[];
    routings: readonly RoutingVerdict[];
    versions: Record<string, string>;
    storeMs: number;
  },
): Promise<void> {
  const { fresh, routings, versions, storeMs } = written;
  const steps: StepRecord[] = fresh.flatMap(({ received, triage, triageMs, stored }, i) => {
    const { id: ticketId, createdAt: at } = received.ticket;
    const customer =
      stored.kind === 'stored' ? { id: stored.customerId, known: stored.customerKnown } : { id: null, known: false };
    const base = { ticketId, run: 1, versions: versionsAfter(versions, triage), at };
    return [
      {
        ...base,
        step: 'intake' as const,
        verdict: intakeVerdict(received, customer, { wishes: null, messageId: null }),
        milliseconds: 0,
      },
      { ...base, step: 'triage' as const, verdict: triage, milliseconds: triageMs },
      { ...base, step: 'routing' as const, verdict: routings[i]!, milliseconds: storeMs },
    ];
  });
  if (steps.length === 0) return;
  await recordSteps(trx, steps);
  await noteReceived(trx, fresh, routings);
}

/** Received, and queued where nobody was free; `ticket-assigned` is written by routing. */
function noteReceived(trx: Trx, fresh: readonly Fresh[], routings: readonly RoutingVerdict[]): Promise<void> {
  const entries = fresh.flatMap(({ received: { ticket }, actor }, i) => {
    const base = { at: ticket.createdAt, subjectType: 'ticket', subjectId: ticket.id };
    const received = { ...base, actor, action: 'ticket-received', data: { channel: ticket.channel } };
    const { assignment, queue } = routings[i]!;
    return assignment === 'waiting'
      ? [received, { ...base, actor: 'signalbox', action: 'ticket-queued', data: { queue } }]
      : [received];
  });
  return appendToLedger(trx, entries);
}
