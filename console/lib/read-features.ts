import { queryOptions } from '@tanstack/react-query';
import { ticketRoutes } from '../../src/api/contract/index.ts';
import { call } from './api.ts';

/** A ticket's text does not change, and so neither does this. */
export const featuresQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['features', ticketId],
    queryFn: ({ signal }) => call(ticketRoutes.readFeatures, { params: { id: ticketId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
