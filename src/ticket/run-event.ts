import type { StepName } from './verdicts.ts';

/**
 * What is told of a run while it is under way. Only for showing: nothing is decided by it, and a draft's text is
 * unchecked until its run is settled, so that it goes to agents and never to a customer.
 */
export type RunEvent =
  | { readonly type: 'step'; readonly step: StepName; readonly milliseconds: number }
  /** A piece of the draft that is being written; `attempt` counts from 1. */
  | { readonly type: 'draft'; readonly attempt: number; readonly text: string }
  /** What was told of this attempt does not count any more. */
  | { readonly type: 'discarded'; readonly attempt: number; readonly problem: string };

export type OnRunEvent = (event: RunEvent) => void;
