import { recordDecision, recordInteraction, recordSteps } from './audit/index.ts';
import {
  addMessage,
  type LockedTicket,
  lastMessageOfCustomer,
  lockTicket,
  moveTicket,
  readConversationState,
  readTicket,
  type TicketPatch,
  updateTicket,
} from './intake/index.ts';
import { failedRow, interactionRow } from './interaction-row.ts';
import { type PipelineParts, type Run, verdictOf } from './pipeline-parts.ts';
import { appendToLedger, type LedgerEntry, type Trx } from './platform/index.ts';
import { raisePriority } from './policy/index.ts';
import { assignTickets, createReview, freeSlot } from './routing/index.ts';
import type { RoutingVerdict } from './ticket/index.ts';

/** Who speaks when nobody does. */
const machine = { author: 'ai', actor: 'signalbox', private: false } as const;

/** What a run comes to. */
interface Settlement {
  readonly run: Run;
  readonly resolved: boolean;
  /** The customer wrote again while the run was under way: its draft answers something else. */
  readonly overtaken: boolean;
  readonly decisionId: string;
  readonly versions: Record<string, string>;
  readonly now: Date;
}

/**
 * The end of a run, in one transaction: the decision, what the customer gets, who does the rest, and the row
 * of the interaction. Either all of it stands or nothing.
 */
export async function settleRun(
  parts: PipelineParts,
  run: Run,
  versions: Record<string, string>,
): Promise<'settled' | 'again'> {
  const policy = verdictOf(run, 'policy');
  const { draft, guardrail } = verdictOf(run, 'answering');
  const resolved = policy.outcome === 'resolve' && draft !== null;
  const planned = { run, resolved, decisionId: parts.newId(), versions, now: parts.clock.now() };
  const started = performance.now();
  const ended = await parts.database.transaction(async (trx) => {
    if (!(await isOurs(trx, parts, run))) return 'settled';
    const overtaken = await isOvertaken(trx, run);
    if (overtaken && (await readTicket(trx, run.ticket.id)).channel === 'chat')
      return beginAgain(trx, run, planned.now);
    const settlement = { ...planned, resolved: planned.resolved && !overtaken, overtaken };
    const before = await decideTicket(trx, settlement);
    await tellCustomer(trx, parts, settlement);
    const reviewId = settlement.resolved ? null : await askPerson(trx, parts, settlement);
    const routing = settlement.resolved
      ? await leaveQueue(trx, before, settlement.now)
      : await findPerson(trx, settlement, before);
    await writeDown(trx, parts, { ...settlement, routing, reviewId, milliseconds: performance.now() - started });
    return 'settled';
  });
  if (ended === 'again') return ended;
  parts.metrics.decisions.inc({ outcome: policy.outcome, decided_by: policy.decidedBy });
  parts.metrics.guardrails.inc({ action: guardrail });
  return ended;
}

/** In a chat people write on: nothing is sent, and the newest messages are answered together (src/runs.ts). */
async function beginAgain(trx: Trx, run: Run, now: Date): Promise<'again'> {
  const { id } = run.ticket;
  await moveTicket(trx, id, 'new', { now });
  // Whoever wrote has said when it is due; a message that came another way is due now, so that the sweep finds it.
  const { answerAt } = await readConversationState(trx, id);
  if (answerAt === null) await updateTicket(trx, id, { answer_at: now }, now);
  const subject = { subjectType: 'ticket', subjectId: id };
  await appendToLedger(trx, [
    { at: now, actor: 'signalbox', action: 'run-overtaken', ...subject, data: { run: run.number } },
  ]);
  return 'again';
}

/** False when the run is not ours any more: another process has taken it over, or a later run is under way. */
async function isOurs(trx: Trx, parts: PipelineParts, run: Run): Promise<boolean> {
  const { status, owner, run: number } = await lockTicket(trx, run.ticket.id);
  return status === 'processing' && owner === parts.owner && number === run.number;
}

async function isOvertaken(trx: Trx, run: Run): Promise<boolean> {
  const newest = await lastMessageOfCustomer(trx, run.ticket.id);
  return (newest?.id ?? null) !== verdictOf(run, 'intake').messageId;
}

async function decideTicket(trx: Trx, settlement: Settlement): Promise<LockedTicket> {
  const { run, resolved, decisionId, versions, now } = settlement;
  const { id } = run.ticket;
  const { checks } = verdictOf(run, 'policy');
  const { outcome, decidedBy } = outcomeOf(settlement);
  const patch = { ...outcomeColumns(run, resolved), decision_id: decisionId, resolved_at: resolved ? now : null };
  const before = await moveTicket(trx, id, resolved ? 'resolved' : 'awaiting_review', { now, patch });
  await recordDecision(trx, {
    id: decisionId,
    ticketId: id,
    run: run.number,
    outcome,
    decidedBy,
    checks,
    versions,
    now,
  });
  return before;
}

/** The answer, or the word that a person takes over: the machine never goes silent. */
async function tellCustomer(trx: Trx, parts: PipelineParts, { run, resolved, now }: Settlement): Promise<void> {
  const { draft, handover } = verdictOf(run, 'answering');
  const said =
    resolved && draft !== null ? { text: draft.text, citations: draft.citations } : { text: handover, citations: [] };
  await addMessage(trx, { id: parts.newId(), ticketId: run.ticket.id, ...machine, now, ...said });
}

/** What was decided and by which rule; a newer message goes before all rules. */
function outcomeOf({ run, overtaken }: Settlement): { outcome: string; decidedBy: string } {
  const { outcome, decidedBy } = verdictOf(run, 'policy');
  return overtaken ? { outcome: 'review', decidedBy: 'newer-message' } : { outcome, decidedBy };
}

function askPerson(trx: Trx, parts: PipelineParts, settlement: Settlement): Promise<string> {
  const { run, overtaken, now } = settlement;
  const { guardrail, guardrailNotes, draft: made } = verdictOf(run, 'answering');
  const { checks } = verdictOf(run, 'policy');
  const { decidedBy } = outcomeOf(settlement);
  const draft = overtaken ? null : made;
  return createReview(trx, {
    id: parts.newId(),
    ticketId: run.ticket.id,
    reason: guardrail === 'OK' || overtaken ? decidedBy : guardrail,
    notes: [
      ...(overtaken ? ['The customer wrote again while this was being worked on; the draft was dropped.'] : []),
      ...guardrailNotes,
      ...checks.filter((c) => !c.passed).map((c) => `${c.rule}: ${c.detail}`),
    ],
    draft: draft?.text ?? null,
    citations: draft?.citations ?? [],
    now,
  });
}

type Written = Settlement & {
  readonly routing: RoutingVerdict;
  readonly reviewId: string | null;
  readonly milliseconds: number;
};

async function writeDown(trx: Trx, parts: PipelineParts, written: Written): Promise<void> {
  const { run, versions, routing, milliseconds, now } = written;
  await recordSteps(trx, [
    { ticketId: run.ticket.id, run: run.number, step: 'routing', verdict: routing, versions, milliseconds, at: now },
  ]);
  await recordInteraction(trx, interactionRow({ ...written, id: parts.newId(), routingMs: milliseconds }));
  await appendToLedger(trx, events(written));
}

function outcomeColumns(run: Run, resolved: boolean): TicketPatch {
  const policy = verdictOf(run, 'policy');
  const triage = verdictOf(run, 'triage');
  const { draft, modelDecision } = verdictOf(run, 'answering');
  const priority = raisePriority(
    raisePriority(triage.priority, run.ticket.requestedPriority),
    modelDecision?.priority ?? null,
  );
  return {
    handled_by: resolved ? 'ai' : 'human',
    confidence: policy.confidence,
    priority,
    model_intent: modelDecision?.intent ?? null,
    model_confidence: modelDecision?.confidence ?? null,
    suggestion: modelDecision?.suggestion ?? draft?.text ?? '',
    citations: JSON.stringify(draft?.citations ?? []),
  };
}

/** A resolved ticket holds nobody: an agent who had it is free for the next one. */
async function leaveQueue(trx: Trx, before: LockedTicket, now: Date): Promise<RoutingVerdict> {
  if (before.assignment !== 'none') await freeSlot(trx, { ticketId: before.id, by: 'signalbox', now });
  return { assignment: 'none', agent: null, affinity: null, queue: 'none' };
}

async function findPerson(trx: Trx, { run, now }: Settlement, before: LockedTicket): Promise<RoutingVerdict> {
  const { category, department, abstained, priority } = verdictOf(run, 'triage');
  if (before.agent !== null)
    return {
      assignment: 'assigned',
      agent: before.agent,
      affinity: null,
      queue: abstained ? 'triage' : department,
    };
  const raised = raisePriority(priority, run.ticket.requestedPriority);
  const [routing] = await assignTickets(
    trx,
    [{ id: run.ticket.id, category, department, abstained, priority: raised, createdAt: now }],
    now,
  );
  if (routing === undefined) throw new Error('a ticket was neither assigned nor queued');
  return routing;
}

function events(settlement: Settlement): LedgerEntry[] {
  const { run, resolved, decisionId, now } = settlement;
  const base = { at: now, actor: 'signalbox', subjectType: 'ticket', subjectId: run.ticket.id };
  const data = { decided_by: outcomeOf(settlement).decidedBy, decision_id: decisionId };
  return [
    { ...base, action: resolved ? 'ticket-resolved' : 'review-requested', data },
    { ...base, action: 'reply-sent', data: { handover: !resolved } },
  ];
}

/** A run that failed ends with a person, with the reason; the customer is told. Does nothing when another process has it. */
export async function settleFailedRun(parts: PipelineParts, ticketId: string, reason: string): Promise<void> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    const { status, owner, run, agent } = await lockTicket(trx, ticketId);
    if (status !== 'processing' || owner !== parts.owner) return;
    const ticket = await readTicket(trx, ticketId);
    const handover = parts.answering.handover(ticket.language);
    await moveTicket(trx, ticketId, 'awaiting_review', { now, patch: { handled_by: 'human' } });
    await addMessage(trx, { id: parts.newId(), ticketId, ...machine, text: handover, citations: [], now });
    const review = { reason: 'run-failed', notes: [reason], draft: null, citations: [] };
    const reviewId = await createReview(trx, { id: parts.newId(), ticketId, ...review, now });
    await recordInteraction(trx, failedRow({ id: parts.newId(), ticket, run, reviewId, handover, reason, now }));
    const place = { category: null, department: null, abstained: true, priority: 'medium' as const, createdAt: now };
    if (agent === null) await assignTickets(trx, [{ id: ticketId, ...place }], now);
    const subject = { subjectType: 'ticket', subjectId: ticketId };
    await appendToLedger(trx, [{ at: now, actor: 'signalbox', action: 'run-failed', ...subject, data: { reason } }]);
  });
  parts.metrics.decisions.inc({ outcome: 'review', decided_by: 'run-failed' });
}
