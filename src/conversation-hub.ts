import { sessionChannel } from './intake/index.ts';
import { type Log, listenTo } from './platform/index.ts';

/**
 * Who waits for something new in a session: sockets and requests of this process. Told by NOTIFY, so that a socket here
 * sees what another process wrote. Only the session's id is passed on; whoever is woken reads the rows.
 */
export interface ConversationHub {
  /** @returns the end of listening. `heard` may come without anything being new. */
  subscribe(sessionId: string, heard: () => void): () => void;
  /** Wakes everybody who waits. */
  release(): void;
  close(): Promise<void>;
  readonly closed: boolean;
}

export async function openConversationHub(url: string, log: Log): Promise<ConversationHub> {
  const listeners = new Map<string, Set<() => void>>();
  let closed = false;
  const wake = (sessionId: string) => {
    for (const heard of [...(listeners.get(sessionId) ?? [])]) heard();
  };
  const wakeAll = () => {
    for (const sessionId of [...listeners.keys()]) wake(sessionId);
  };
  const listening = await listenTo(url, [sessionChannel], {
    // Without a payload the connection was made anew: what was told meanwhile is not known.
    heard: (_channel, sessionId) => (sessionId === undefined ? wakeAll() : wake(sessionId)),
    onError: (error) => log.warn({ err: error }, 'the connection that hears of chat messages broke'),
  });
  return {
    get closed() {
      return closed;
    },
    subscribe(sessionId, heard) {
      const of = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, of.add(heard));
      return () => {
        of.delete(heard);
        if (of.size === 0 && listeners.get(sessionId) === of) listeners.delete(sessionId);
      };
    },
    release: wakeAll,
    async close() {
      closed = true;
      wakeAll();
      await listening.close();
    },
  };
}
