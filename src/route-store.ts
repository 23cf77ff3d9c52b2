import type { ReceivedTicket } from './intake/index.ts';
import { holdTickets, lockTicket, readTickets, type StoredTicket, storeTickets, updateTicket } from './intake/index.ts';
import { currentVersions, type PipelineParts } from './pipeline-parts.ts';
import type { Trx } from './platform/index.ts';
import type { Prepared } from './route-prepare.ts';
import { type Fresh, writeVerdicts } from './route-records.ts';
import { assignTickets, queueOf, type TicketToAssign } from './routing/index.ts';
import {
  type DuplicateVerdict,
  type Priority,
  type RoutingVerdict,
  SignalboxError,
  type Ticket,
  type TriageVerdict,
} from './ticket/index.ts';
import { needsOf } from './ticket-needs.ts';
import { type Compared, mayWait, namesProblem } from './triage/index.ts';
import { triageColumns } from './triage-columns.ts';

export type Routed =
  | {
      readonly kind: 'routed';
      readonly ticketId: string;
      readonly received: ReceivedTicket;
      readonly triage: TriageVerdict;
      readonly duplicates: DuplicateVerdict | null;
      readonly priority: Priority;
      readonly routing: RoutingVerdict;
      readonly milliseconds: { triage: number; store: number };
    }
  /** The same sending was stored before: the ticket as it is now. */
  | { readonly kind: 'repeated'; readonly ticket: Ticket };

/** What became of a ticket in the transaction that stored it. */
interface Placed {
  readonly routing: RoutingVerdict;
  readonly duplicates: DuplicateVerdict | null;
}

/** Of a ticket that waits for what its incident comes to. */
export const heldRouting: RoutingVerdict = { assignment: 'none', agent: null, affinity: null, queue: 'incident' };

export async function storeAndAssign(
  parts: PipelineParts,
  prepared: readonly Prepared[],
  mode: 'each' | 'all-or-none' = 'each',
): Promise<(Routed | SignalboxError)[]> {
  const started = performance.now();
  const versions = await currentVersions(parts);
  const { stored, placed, committed } = await parts.database.transaction(async (trx) => {
    const stored = await storeTickets(
      trx,
      prepared.map((p) => ({ ...p, status: 'new' as const, owner: null, queue: queueOf(p.triage) })),
      parts.newId,
    );
    if (mode === 'all-or-none') refuseConflicts(stored, prepared);
    const fresh = prepared.map((p, i) => ({ ...p, stored: stored[i]! })).filter((p) => p.stored.kind === 'stored');
    const earlier = await lockUnrouted(trx, prepared, stored);
    const { placed, committed } = await place(trx, parts, { fresh, earlier });
    const routings = placed.slice(0, fresh.length).map((p) => p.routing);
    await writeVerdicts(trx, {
      fresh,
      routings,
      versions,
      storeMs: (performance.now() - started) / Math.max(1, fresh.length),
    });
    return { stored, placed: new Map(fresh.map((f, i) => [f.received.ticket.id, placed[i]!])), committed };
  });
  committed();
  const ids = stored.filter((s) => s.kind === 'repeated').map((s) => s.id);
  const repeated = new Map((await readTickets(parts.database.db, ids)).map((t) => [t.id, t]));
  const storeMs = performance.now() - started;
  return prepared.map((p, i) =>
    outcomeOf(p, { stored: stored[i]!, placed: placed.get(p.received.ticket.id), repeated, storeMs, parts }),
  );
}

/** A ticket that was created without triage (POST /tickets) and is now sent to be routed gets what it lacks. */
async function lockUnrouted(
  trx: Trx,
  prepared: readonly Prepared[],
  stored: readonly StoredTicket[],
): Promise<Fresh[]> {
  const found: Fresh[] = [];
  const repeated = prepared.map((p, i) => ({ ...p, stored: stored[i]! })).filter((p) => p.stored.kind === 'repeated');
  // In one order, so that two batches never wait for each other.
  for (const one of repeated.sort((a, b) => (a.stored.id < b.stored.id ? -1 : 1))) {
    const { status, category } = await lockTicket(trx, one.stored.id);
    if (status === 'new' && category === null && !found.some((f) => f.stored.id === one.stored.id)) found.push(one);
  }
  return found;
}

/** Compares them with the others, and gives an agent or a place in the queue to those that do not wait for an incident. */
async function place(
  trx: Trx,
  parts: PipelineParts,
  { fresh, earlier }: { fresh: readonly Fresh[]; earlier: readonly Fresh[] },
): Promise<{ placed: Placed[]; committed: () => void }> {
  const now = parts.clock.now();
  for (const { stored, triage, received } of earlier)
    await updateTicket(trx, stored.id, triageColumns(triage, received.ticket.requestedPriority), now);
  const all = [
    ...fresh.map((f) => ({ ...toPlace(parts, f, f.received.ticket.createdAt), stored: 'waiting' as const })),
    ...earlier.map((f) => toPlace(parts, f, now)),
  ];
  const { compared, committed } = await compare(trx, parts, {
    fresh: [...fresh, ...earlier],
    at: all.map((t) => t.createdAt),
  });
  const routings = await assignTickets(
    trx,
    all.filter((_, i) => !compared[i]!.held),
    now,
  );
  const held = all.filter((_, i) => compared[i]!.held);
  await holdTickets(
    trx,
    held.map((t) => t.id),
    now,
  );
  let next = 0;
  const placed = compared.map(({ verdict, held }) => ({
    duplicates: verdict,
    routing: held ? heldRouting : routings[next++]!,
  }));
  return { placed, committed };
}

/** Rows of a file are history: they are compared with nothing, and nobody is told of them. */
async function compare(
  trx: Trx,
  { duplicates }: PipelineParts,
  { fresh, at }: { fresh: readonly Fresh[]; at: readonly Date[] },
): Promise<{ compared: Compared[]; committed: () => void }> {
  const live = fresh.flatMap(({ stored, received, triage, fingerprint }, i) =>
    received.ticket.channel === 'file'
      ? []
      : [
          {
            id: stored.id,
            at: at[i]!,
            customerId: stored.kind === 'stored' ? stored.customerId : null,
            category: triage.abstained ? null : triage.category,
            urgencyScore: triage.urgencyScore,
            mayWait: mayWait(triage.personReasons) && namesProblem(triage, fingerprint),
            fingerprint,
          },
        ],
  );
  const { compared, committed } = await duplicates.detect(trx, live);
  const byId = new Map(live.map(({ id }, i) => [id, compared[i]!]));
  return { compared: fresh.map((f) => byId.get(f.stored.id) ?? { verdict: null, held: false }), committed };
}

function toPlace({ taxonomy }: PipelineParts, { stored, triage, priority }: Fresh, createdAt: Date): TicketToAssign {
  const { category, department, abstained } = triage;
  const needs = needsOf(triage, taxonomy);
  const customerId = stored.kind === 'stored' ? stored.customerId : undefined;
  return { id: stored.id, category, department, abstained, needs, customerId, priority, createdAt };
}

function outcomeOf(
  p: Prepared,
  found: {
    stored: StoredTicket;
    placed: Placed | undefined;
    repeated: Map<string, Ticket>;
    storeMs: number;
    parts: PipelineParts;
  },
): Routed | SignalboxError {
  const { stored, placed, repeated, storeMs, parts } = found;
  if (stored.kind === 'conflict') return conflict(p.received.ticket.clientTicketId);
  if (stored.kind === 'repeated') return { kind: 'repeated', ticket: repeated.get(stored.id)! };
  parts.metrics.tickets.inc({ channel: 'route' });
  return {
    kind: 'routed',
    ticketId: stored.id,
    received: p.received,
    triage: p.triage,
    priority: p.priority,
    duplicates: placed!.duplicates,
    routing: placed!.routing,
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
