import { queryOptions } from '@tanstack/react-query';
import { conversationRoutes } from '../../../src/api/contract/index.ts';
import { call } from '../../lib/api.ts';
import { randomKey } from '../../lib/random-key.ts';
import { stored } from '../../lib/stored.ts';

/** The conversation of this tab: a reload goes on with it. */
export interface ChatSession {
  readonly id: string;
  readonly token: string | null;
}

const isSession = (value: unknown): value is ChatSession =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'token' in value;

export const newSession = (): ChatSession => ({ id: `try-${randomKey()}`, token: null });

export const sessionStore = stored<ChatSession>('try-session', newSession(), isSession, 'session');

/** Everything that was said; asked only once the session is open. */
export const chatQuery = ({ id, token }: ChatSession) =>
  queryOptions({
    queryKey: ['chat', id],
    enabled: token !== null,
    queryFn: ({ signal }) =>
      call(conversationRoutes.chatMessages, {
        params: { session_id: id },
        query: { limit: 200 },
        ...(token === null ? {} : { sessionToken: token }),
        signal,
      }),
  });
