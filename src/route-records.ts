import { recordFirstSteps, type StepRecord } from './audit/index.ts';
import { intakeVerdict, type StoredTicket } from './intake/index.ts';
import { versionsAfter } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import type { Prepared } from './route-prepare.ts';
import type { RoutingVerdict } from './ticket/index.ts';

export type Fresh = Prepared & { readonly stored: StoredTicket };

/** The steps that a routed ticket went through, and what the ledger says of it. */
export async function writeVerdicts(
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
  await recordFirstSteps(trx, steps);
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
