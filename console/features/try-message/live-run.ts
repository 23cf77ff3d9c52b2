import { queryOptions, skipToken } from '@tanstack/react-query';
import type { LiveEvent } from '../../lib/stream-answer.ts';

/** What is known of the run that is under way. Its draft is unchecked: it is shown as that, and only to people of ours. */
export interface LiveRun {
  /** Milliseconds by step that has its verdict. */
  readonly steps: Readonly<Record<string, number>>;
  readonly draft: string;
  readonly attempt: number;
  readonly discarded: readonly { readonly attempt: number; readonly problem: string }[];
}

export const nothingYet: LiveRun = { steps: {}, draft: '', attempt: 1, discarded: [] };

export const liveRunQuery = queryOptions<LiveRun>({
  queryKey: ['answer', 'live'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The run after one more event. */
export function afterEvent(run: LiveRun, event: LiveEvent): LiveRun {
  if (event.name === 'step') return { ...run, steps: { ...run.steps, [event.data.step]: event.data.milliseconds } };
  if (event.name === 'discarded')
    return { ...run, draft: '', attempt: event.data.attempt + 1, discarded: [...run.discarded, event.data] };
  const { attempt, text } = event.data;
  return { ...run, attempt, draft: attempt === run.attempt ? run.draft + text : text };
}
