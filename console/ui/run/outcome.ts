import type { Interaction } from '../../../src/api/contract/index.ts';
import type { Speech } from '../../lib/i18n/speech.ts';
import type { Run } from '../../lib/verdicts.ts';

type Outcome = 'resolve' | 'review';

/** Answered by the system or left to a person; without a trace the answer itself tells it. */
export function outcomeOf(interaction: Interaction, run?: Run): Outcome {
  const answered = interaction.review_id === null && interaction.guardrail_action === 'OK';
  return run?.verdicts.policy?.outcome ?? (answered ? 'resolve' : 'review');
}

/** The server's note that names the rule which decided; people read it in words elsewhere. */
const decidedBy = 'decided by ';
export const isDecisionNote = (note: string): boolean => note.startsWith(decidedBy);

/** Why a person has it: the guardrail, or the rule where the guardrail was fine. Empty when neither is known. */
export function reviewReason({ guardrail_action: action, guardrail_notes }: Interaction, { name }: Speech): string {
  if (action !== 'OK') return name('guardrail', action);
  const rule = guardrail_notes.find(isDecisionNote)?.slice(decidedBy.length);
  return rule === undefined ? '' : name('reason', rule);
}

/** All milliseconds of a run: as the server sums them, or our sum where it does not. */
export function totalMilliseconds(timings: Interaction['timings_ms']): number {
  return timings['total'] ?? Object.values(timings).reduce((sum, ms) => sum + ms, 0);
}
