import { queryOptions } from '@tanstack/react-query';
import { healthRoutes } from '../../src/api/contract/index.ts';
import { call } from './api.ts';

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => call(healthRoutes.health, { signal }),
  refetchInterval: 30_000,
});
