import {
  readTicketEvents,
  recordDecision,
  recordInteraction,
  recordSteps,
  runBegan,
  type TicketEvent,
  takenOver,
  toldOfHandover,
} from './audit/index.ts';
import {
  addMessage,
  type LockedTicket,
  lastMessageOfCustomer,
  lockTicket,
  moveTicket,
  readConversationState,
  readTicket,
  updateTicket,
} from './intake/index.ts';
import { failedRow, interactionRow } from './interaction-row.ts';
import { missingQuestions, recordGapQuestions } from './knowledge/index.ts';
import { type PipelineParts, type Run, verdictOf } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { raisePriority } from './policy/index.ts';
import { heldRouting } from './route-store.ts';
import { assignTickets, createReview, freeSlot } from './routing/index.ts';
import { columnsOf, eventsOf, type Interruption, outcomeOf, reviewOf, type Settlement } from './settlement.ts';
import type { Draft, RoutingVerdict } from './ticket/index.ts';
import { readHoldingIncident } from './triage/index.ts';

/** Who speaks when nobody does. */
const machine = { author: 'ai', actor: 'signalbox', private: false } as const;

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
  const planned = { run, decisionId: parts.newId(), versions, now: parts.clock.now() };
  const started = performance.now();
  let decided: ReturnType<typeof outcomeOf> = policy;
  const ended = await parts.database.transaction(async (trx) => {
    if (!(await isOurs(trx, parts, run))) return 'settled';
    const history = await readTicketEvents(trx, run.ticket.id);
    const interruption = await whatHappened(trx, run, history);
    if (interruption?.reason === 'newer-message' && (await readTicket(trx, run.ticket.id)).channel === 'chat')
      return beginAgain(trx, run, planned.now);
    const settlement: Settlement = {
      ...planned,
      resolved: resolved && interruption === null,
      interruption,
      tellHandover: !toldOfHandover(history) && !hasReplied(interruption),
    };
    decided = outcomeOf(settlement);
    const before = await decideTicket(trx, settlement);
    await tellCustomer(trx, parts, settlement);
    const reviewId = settlement.resolved ? null : await askPerson(trx, parts, settlement);
    const routing = settlement.resolved
      ? await leaveQueue(trx, before, settlement.now)
      : ((await waitForIncident(trx, settlement, before)) ?? (await findPerson(trx, settlement, before)));
    await noteGaps(trx, parts, settlement);
    await writeDown(trx, parts, { ...settlement, routing, reviewId, milliseconds: performance.now() - started });
    return 'settled';
  });
  if (ended === 'again') return ended;
  parts.metrics.decisions.inc({ outcome: decided.outcome, decided_by: decided.decidedBy });
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

/** A person who took over goes before a newer message: both are theirs now. */
async function whatHappened(trx: Trx, run: Run, history: readonly TicketEvent[]): Promise<Interruption | null> {
  const by = takenOver(history, { since: runBegan(history) });
  if (by !== null) return { reason: 'person-took-over', by };
  const newest = await lastMessageOfCustomer(trx, run.ticket.id);
  return (newest?.id ?? null) === verdictOf(run, 'intake').messageId ? null : { reason: 'newer-message' };
}

const hasReplied = (interruption: Interruption | null) =>
  interruption?.reason === 'person-took-over' && interruption.by.how === 'replied';

async function decideTicket(trx: Trx, settlement: Settlement): Promise<LockedTicket> {
  const { run, resolved, decisionId, versions, now } = settlement;
  const { id } = run.ticket;
  const { checks } = verdictOf(run, 'policy');
  const { outcome, decidedBy } = outcomeOf(settlement);
  const patch = { ...columnsOf(settlement), decision_id: decisionId, resolved_at: resolved ? now : null };
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
async function tellCustomer(trx: Trx, parts: PipelineParts, settlement: Settlement): Promise<void> {
  const said = saidBy(settlement);
  if (said === null) return;
  const { run, now } = settlement;
  await addMessage(trx, {
    id: parts.newId(),
    ticketId: run.ticket.id,
    ...machine,
    now,
    text: said.text,
    citations: said.citations,
  });
}

/** What this run tells the customer; null where a person has spoken, or the hand-over was told before. */
function saidBy({ run, resolved, tellHandover }: Settlement): Pick<Draft, 'text' | 'citations'> | null {
  const { draft, handover } = verdictOf(run, 'answering');
  if (resolved && draft !== null) return draft;
  return tellHandover ? { text: handover, citations: [] } : null;
}

function askPerson(trx: Trx, parts: PipelineParts, settlement: Settlement): Promise<string> {
  const { run, now } = settlement;
  return createReview(trx, { id: parts.newId(), ticketId: run.ticket.id, ...reviewOf(settlement), now });
}

/** What the knowledge had no answer to, so that somebody may write it. */
async function noteGaps(trx: Trx, { newId }: PipelineParts, { run, now }: Settlement): Promise<void> {
  const { ticket, number } = run;
  const triage = verdictOf(run, 'triage');
  const missing = missingQuestions({
    text: ticket.body,
    triage,
    knowledge: verdictOf(run, 'knowledge'),
    answering: verdictOf(run, 'answering'),
  });
  const { id: ticketId, language } = ticket;
  const about = { ticketId, run: number, language, category: triage.abstained ? null : triage.category, at: now };
  await recordGapQuestions(
    trx,
    missing.map((text) => ({ id: newId(), text, ...about })),
  );
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
  const { decidedBy } = outcomeOf(written);
  const finalAnswer = saidBy(written)?.text ?? '';
  const row = interactionRow({ ...written, id: parts.newId(), decidedBy, finalAnswer, routingMs: milliseconds });
  await recordInteraction(trx, row);
  await appendToLedger(trx, eventsOf(written));
}

/** A resolved ticket holds nobody: an agent who had it is free for the next one. */
async function leaveQueue(trx: Trx, before: LockedTicket, now: Date): Promise<RoutingVerdict> {
  if (before.assignment !== 'none') await freeSlot(trx, { ticketId: before.id, by: 'signalbox', now });
  return { assignment: 'none', agent: null, affinity: null, queue: 'none' };
}

/** A member of an open incident takes no slot: it waits for what that comes to, unless somebody has it already. */
async function waitForIncident(
  trx: Trx,
  { run, interruption }: Settlement,
  before: LockedTicket,
): Promise<RoutingVerdict | null> {
  const waits = verdictOf(run, 'policy').checks.some(({ rule, passed }) => rule === 'open-incident' && !passed);
  if (!waits || interruption !== null || before.assignment !== 'none') return null;
  return (await readHoldingIncident(trx, run.ticket.id)) === null ? null : heldRouting;
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

/** A run that failed ends with a person, with the reason; the customer is told. Does nothing when another process has it. */
export async function settleFailedRun(parts: PipelineParts, ticketId: string, reason: string): Promise<void> {
  const now = parts.clock.now();
  await parts.database.transaction(async (trx) => {
    const { status, owner, run, agent } = await lockTicket(trx, ticketId);
    if (status !== 'processing' || owner !== parts.owner) return;
    const ticket = await readTicket(trx, ticketId);
    const handover = parts.answering.handover(ticket.language);
    await moveTicket(trx, ticketId, 'awaiting_review', { now, patch: { handled_by: 'human' } });
    const told = toldOfHandover(await readTicketEvents(trx, ticketId));
    if (!told) await addMessage(trx, { id: parts.newId(), ticketId, ...machine, text: handover, citations: [], now });
    const review = { reason: 'run-failed', notes: [reason], draft: null, citations: [] };
    const reviewId = await createReview(trx, { id: parts.newId(), ticketId, ...review, now });
    await recordInteraction(trx, failedRow({ id: parts.newId(), ticket, run, reviewId, handover, reason, now }));
    const place = { category: null, department: null, abstained: true, priority: 'medium' as const, createdAt: now };
    if (agent === null) await assignTickets(trx, [{ id: ticketId, ...place }], now);
    const base = { at: now, actor: 'signalbox', subjectType: 'ticket', subjectId: ticketId };
    await appendToLedger(trx, [
      { ...base, action: 'run-failed', data: { reason } },
      ...(told ? [] : [{ ...base, action: 'reply-sent', data: { handover: true } }]),
    ]);
  });
  parts.metrics.decisions.inc({ outcome: 'review', decided_by: 'run-failed' });
}
