import type { GuardrailAction, GuardrailResult } from '../../ticket/index.ts';
import type { CheckTime, FactsOf } from './check.ts';
import { guardrails } from './checks/index.ts';

/** What becomes of a message, and why: the sentences that a person reads. */
export interface Action {
  readonly action: GuardrailAction;
  readonly notes: readonly string[];
}

export interface Checked {
  /** Every check that had something to look at, in the order of the list. */
  readonly results: readonly GuardrailResult[];
  /** What becomes of the message by the first check that failed; null when all passed. */
  readonly action: Action | null;
}

/**
 * Asks every guardrail of a time. Pure and deterministic; about 0.2 ms for a draft of 150 words. The notes of the
 * action are the details of all checks that failed for its reason.
 */
export function runChecks<When extends CheckTime>(when: When, facts: FactsOf[When]): Checked {
  const results: GuardrailResult[] = [];
  const failing: { reason: Action['action']; detail: string }[] = [];
  for (const { id, reason, check } of guardrails[when]) {
    const finding = check(facts);
    if (finding === null) continue;
    results.push({ id, ...finding });
    if (!finding.passed) failing.push({ reason, detail: finding.detail });
  }
  const first = failing[0];
  if (first === undefined) return { results, action: null };
  const notes = failing.filter(({ reason }) => reason === first.reason).map(({ detail }) => detail);
  return { results, action: { action: first.reason, notes } };
}
