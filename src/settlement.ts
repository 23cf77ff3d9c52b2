import type { TakingOver } from './audit/index.ts';
import type { TicketPatch } from './intake/index.ts';
import { type Run, verdictOf } from './pipeline-parts.ts';
import type { LedgerEntry } from './platform/index.ts';
import { raisePriority } from './policy/index.ts';
import type { NewReview } from './routing/index.ts';

/** What happened while the run was under way, so that its draft must not be sent. */
export type Interruption =
  /** The customer wrote again: the draft answers something else. */
  | { readonly reason: 'newer-message' }
  /** A person replied or took the ticket: it is theirs. */
  | { readonly reason: 'person-took-over'; readonly by: TakingOver };

/** What a run comes to. */
export interface Settlement {
  readonly run: Run;
  readonly resolved: boolean;
  readonly interruption: Interruption | null;
  /** The customer is to be told that a person takes over: not twice, and not after a person's own reply. */
  readonly tellHandover: boolean;
  readonly decisionId: string;
  readonly versions: Record<string, string>;
  readonly now: Date;
}

/** What was decided and by which rule; what happened meanwhile goes before all rules. */
export function outcomeOf({ run, interruption }: Settlement): { outcome: string; decidedBy: string } {
  const { outcome, decidedBy } = verdictOf(run, 'policy');
  return interruption === null ? { outcome, decidedBy } : { outcome: 'review', decidedBy: interruption.reason };
}

/** What the person who is asked gets to see. A dropped draft is not offered for sending. */
export function reviewOf(settlement: Settlement): Pick<NewReview, 'reason' | 'notes' | 'draft' | 'citations'> {
  const { run, interruption } = settlement;
  const { guardrail, guardrailNotes, draft: made } = verdictOf(run, 'answering');
  const { checks } = verdictOf(run, 'policy');
  const draft = interruption === null ? made : null;
  return {
    reason: guardrail === 'OK' || interruption !== null ? outcomeOf(settlement).decidedBy : guardrail,
    notes: [
      ...(interruption === null ? [] : [wordsOf(interruption)]),
      ...guardrailNotes,
      ...checks.filter((c) => !c.passed).map((c) => `${c.rule}: ${c.detail}`),
    ],
    draft: draft?.text ?? null,
    citations: draft?.citations ?? [],
  };
}

function wordsOf(interruption: Interruption): string {
  if (interruption.reason === 'newer-message')
    return 'The customer wrote again while this was being worked on; the draft was dropped.';
  const { who, at, how } = interruption.by;
  const did = how === 'replied' ? `${who} replied` : `${who} took the ticket`;
  return `${did} at ${at.toISOString()} while this was being worked on; the draft was dropped.`;
}

/** What the ticket says of itself afterwards. */
export function columnsOf({ run, resolved }: Settlement): TicketPatch {
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

export function eventsOf(settlement: Settlement): LedgerEntry[] {
  const { run, resolved, tellHandover, decisionId, now } = settlement;
  const base = { at: now, actor: 'signalbox', subjectType: 'ticket', subjectId: run.ticket.id };
  const data = { decided_by: outcomeOf(settlement).decidedBy, decision_id: decisionId };
  return [
    { ...base, action: resolved ? 'ticket-resolved' : 'review-requested', data },
    ...(resolved || tellHandover ? [{ ...base, action: 'reply-sent', data: { handover: !resolved } }] : []),
  ];
}
