import type { SessionMessage } from '../../intake/index.ts';
import type { Standing } from '../http/chat-services.ts';

/** What a chat socket gets. `session` comes first and only to who opened the session; the others are api.md's. */
export type ChatFrame =
  | {
      readonly type: 'session';
      readonly session_id: string;
      readonly customer_id: string;
      readonly token: string;
    }
  | { readonly type: 'typing'; readonly status: boolean }
  | {
      readonly type: 'message';
      readonly message: string;
      readonly timestamp: string;
      readonly session_id: string;
      readonly customer_id: string;
      readonly metadata: {
        readonly message_id: string;
        readonly ticket_id: string;
        readonly author: string;
        readonly response_time: number | null;
        readonly confidence: number | null;
        readonly communication_style: string;
        readonly strategy: string;
        readonly escalated: boolean;
        readonly citations: readonly unknown[];
      };
    }
  | { readonly type: 'error'; readonly message: string; readonly timestamp: string };

export interface Spoken {
  readonly reply: SessionMessage;
  readonly standing: Standing;
  readonly session: { readonly id: string; readonly customer_id: string };
  /** Seconds since this socket's last message; null when it asked nothing. */
  readonly responseTime: number | null;
}

export function messageFrame({ reply, standing, session, responseTime }: Spoken): ChatFrame {
  const byMachine = reply.author === 'ai';
  return {
    type: 'message',
    message: reply.text,
    timestamp: reply.createdAt.toISOString(),
    session_id: session.id,
    customer_id: session.customer_id,
    metadata: {
      message_id: reply.id,
      ticket_id: reply.ticketId,
      author: reply.author,
      response_time: responseTime,
      confidence: byMachine ? standing.confidence : null,
      communication_style: standing.style,
      strategy: reply.author === 'agent' ? 'person' : standing.strategy,
      escalated: standing.escalated,
      citations: reply.citations,
    },
  };
}

export const errorFrame = (message: string, at: Date): ChatFrame => ({
  type: 'error',
  message,
  timestamp: at.toISOString(),
});
