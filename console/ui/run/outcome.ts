import type { Interaction } from '../../../src/api/contract/index.ts';
import type { Speech } from '../../lib/i18n/speech.ts';
import type { Run } from '../../lib/verdicts.ts';

type Outcome = 'resolve' | 'review';

/**
 * Answered by the system or left to a person; without a trace the answer itself tells it. With a review a person has it,
 * whatever the policy said: a newer message or somebody who took the ticket goes before it.
 */
export function outcomeOf(interaction: Interaction, run?: Run): Outcome {
  if (interaction.review_id !== null) return 'review';
  const answered = interaction.guardrail_action === 'OK';
  return run?.verdicts.policy?.outcome ?? (answered ? 'resolve' : 'review');
}

/** The server's note that names the rule which decided; people read it in words elsewhere. */
const decidedBy = 'decided by ';
export const isDecisionNote = (note: string): boolean => note.startsWith(decidedBy);

/** What happened to the run goes before everything that it found. */
const interruptions: ReadonlySet<string> = new Set(['newer-message', 'person-took-over', 'run-failed']);

/** The rule that decided, or what happened to the run; undefined where the server names none. */
export const decidingRule = ({ guardrail_notes }: Interaction): string | undefined =>
  guardrail_notes.findLast(isDecisionNote)?.slice(decidedBy.length);

export function interruptionOf(interaction: Interaction): string | undefined {
  const rule = decidingRule(interaction);
  return rule !== undefined && interruptions.has(rule) ? rule : undefined;
}

/** Why a person has it: what happened to the run, else the guardrail, else the rule. Empty when none is known. */
export function reviewReason(interaction: Interaction, { name }: Speech): string {
  const { guardrail_action: action } = interaction;
  if (action !== 'OK' && interruptionOf(interaction) === undefined) return name('guardrail', action);
  const rule = decidingRule(interaction);
  return rule === undefined ? '' : name('reason', rule);
}

/** All milliseconds of a run: as the server sums them, or our sum where it does not. */
export function totalMilliseconds(timings: Interaction['timings_ms']): number {
  return timings['total'] ?? Object.values(timings).reduce((sum, ms) => sum + ms, 0);
}
