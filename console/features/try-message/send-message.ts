import { queryOptions, skipToken, useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AnswerRequest, Interaction } from '../../../src/api/contract/index.ts';
import { randomKey } from '../../lib/random-key.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { streamAnswer } from '../../lib/stream-answer.ts';
import { afterEvent, liveRunQuery, nothingYet } from './live-run.ts';

const mutationKey = ['answer'];

/** The last answer: put here by the sending, never fetched. Outlives a look at another page. */
export const lastAnswerQuery = queryOptions<Interaction>({
  queryKey: ['answer', 'last'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** The key of the last request that got no answer: sent again, the same request may not make a second ticket. */
let unanswered: { content: string; key: string } | undefined;

function keyFor(request: AnswerRequest): string {
  const content = JSON.stringify(request);
  if (unanswered?.content !== content) unanswered = { content, key: randomKey() };
  return unanswered.key;
}

export function useSendMessage() {
  const client = useQueryClient();
  return useMutation({
    mutationKey,
    mutationFn: async (request: AnswerRequest) => {
      client.setQueryData(liveRunQuery.queryKey, nothingYet);
      const interaction = await streamAnswer(request, {
        idempotencyKey: keyFor(request),
        onEvent: (event) => client.setQueryData(liveRunQuery.queryKey, (run) => afterEvent(run ?? nothingYet, event)),
      });
      unanswered = undefined;
      // Answer and details appear together; without the details the answer still appears.
      await client.prefetchQuery(traceQuery(interaction.ticket_id));
      return interaction;
    },
    onSuccess: (interaction) => {
      client.setQueryData(lastAnswerQuery.queryKey, interaction);
      void client.invalidateQueries({ queryKey: ['interactions'] });
    },
  });
}

/** True while a message is on its way, also when it was sent before a look at another page. */
export const useSending = (): boolean => useIsMutating({ mutationKey }) > 0;
