import { queryOptions } from '@tanstack/react-query';
import { ticketRoutes } from '../../src/api/contract/index.ts';
import { call } from './api.ts';
import { lastRun } from './verdicts.ts';

export const traceQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['trace', ticketId],
    queryFn: async ({ signal }) => lastRun(await call(ticketRoutes.readTrace, { params: { id: ticketId }, signal })),
  });
