import type { NewInteraction } from './audit/index.ts';
import { type Run, verdictOf } from './pipeline-parts.ts';
import type { Ticket } from './ticket/index.ts';

interface Settled {
  readonly id: string;
  readonly run: Run;
  readonly reviewId: string | null;
  readonly resolved: boolean;
  /** The rule that decided, or what happened to the run. */
  readonly decidedBy: string;
  /** What the customer was told; empty where nothing was. */
  readonly finalAnswer: string;
  readonly versions: Record<string, string>;
  readonly routingMs: number;
  readonly now: Date;
}

const round = (ms: number) => Math.round(ms * 100) / 100;

/** The row that tells the whole interaction (F3). When a person takes over, the weak draft stays out of `final_answer`. */
export function interactionRow(settled: Settled): NewInteraction {
  const { id, run, reviewId, resolved, decidedBy, finalAnswer, versions, routingMs, now } = settled;
  const triage = verdictOf(run, 'triage');
  const knowledge = verdictOf(run, 'knowledge');
  const answering = verdictOf(run, 'answering');
  const policy = verdictOf(run, 'policy');
  const given = verdictOf(run, 'intake').wishes?.category ?? null;
  const { draft, judge } = answering;
  return {
    id,
    ticket_id: run.ticket.id,
    run: run.number,
    review_id: reviewId,
    message: run.ticket.body,
    language: run.ticket.language,
    category: given ?? triage.category,
    router_confidence: policy.confidence,
    abstained: given === null && triage.abstained,
    passages: JSON.stringify(
      knowledge.passages.map(({ document, heading, text, score }) => ({ document, heading, text, score })),
    ),
    method: draft?.method ?? null,
    tone: draft?.tone ?? null,
    answer: draft?.text ?? null,
    final_answer: finalAnswer,
    citations: JSON.stringify(draft?.citations ?? []),
    judge_score: judge?.score ?? 0,
    judge:
      judge === null
        ? null
        : JSON.stringify({
            helpfulness: judge.helpfulness,
            accuracy: judge.accuracy,
            clarity: judge.clarity,
            relevance: judge.relevance,
          }),
    judge_reasoning: judge?.reasoning ?? 'There was no draft to judge.',
    guardrail_action: answering.guardrail,
    guardrail_notes: JSON.stringify(
      resolved ? answering.guardrailNotes : [...answering.guardrailNotes, `decided by ${decidedBy}`],
    ),
    attempts: answering.attempts.length,
    attempt_log: JSON.stringify(
      answering.attempts.map((a) => ({
        strategy: a.draft?.strategy ?? null,
        judge_score: a.judge?.score ?? null,
        problem: a.problem,
      })),
    ),
    model_used: draft?.model ?? triage.modelUsed,
    versions: JSON.stringify(draft === null ? versions : { ...versions, prompt: draft.promptHash }),
    timings_ms: JSON.stringify({
      ...Object.fromEntries(Object.entries(run.milliseconds).map(([step, ms]) => [step, round(ms)])),
      routing: round(routingMs),
    }),
    created_at: now,
  };
}

interface Failed {
  readonly id: string;
  readonly ticket: Ticket;
  readonly run: number;
  readonly reviewId: string;
  readonly handover: string;
  readonly reason: string;
  readonly now: Date;
}

/** The row of a run that could not come to its end: what is known, and that a person has it. */
export function failedRow({ id, ticket, run, reviewId, handover, reason, now }: Failed): NewInteraction {
  return {
    id,
    ticket_id: ticket.id,
    run,
    review_id: reviewId,
    message: ticket.body,
    language: ticket.language,
    category: ticket.category ?? 'unknown',
    router_confidence: 0,
    abstained: true,
    passages: '[]',
    method: null,
    tone: null,
    answer: null,
    final_answer: handover,
    citations: '[]',
    judge_score: 0,
    judge: null,
    judge_reasoning: 'The run failed before there was a draft to judge.',
    guardrail_action: 'MODEL_FAILURE_ESCALATE',
    guardrail_notes: JSON.stringify([reason, 'decided by run-failed']),
    attempts: 0,
    attempt_log: '[]',
    model_used: ticket.modelUsed ?? 'none',
    versions: '{}',
    timings_ms: '{}',
    created_at: now,
  };
}
