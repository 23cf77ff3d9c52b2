import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { answeringRoutes, type InteractionFilters } from '../../../src/api/contract/index.ts';
import { call } from '../../lib/api.ts';

export const interactionsQuery = (filters: InteractionFilters) =>
  infiniteQueryOptions({
    queryKey: ['interactions', filters],
    queryFn: ({ pageParam, signal }) =>
      call(answeringRoutes.listInteractions, {
        query: { ...filters, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    // The list under the reader's eyes stays until the next one is there.
    placeholderData: keepPreviousData,
  });
