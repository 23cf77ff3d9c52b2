import { QueryClient } from '@tanstack/react-query';

/** No retries behind the reader's back: an error says what to do and offers the button. And `always`, because a
 * browser without internet is not cut off from a server on the same machine. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 10_000 },
      mutations: { networkMode: 'always' },
    },
  });
