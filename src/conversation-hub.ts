import { sessionChannel } from './intake/index.ts';
import type { Bus } from './platform/index.ts';

/**
 * Who waits for something new in a session: sockets and requests of this process. Told by the bus, so that a socket here
 * sees what another process wrote. Only the session's id is passed on; whoever is woken reads the rows.
 */
export interface ConversationHub {
  /** @returns the end of listening. `heard` may come without anything being new. */
  subscribe(sessionId: string, heard: () => void): () => void;
  /** Wakes everybody who waits. */
  release(): void;
  close(): void;
  readonly closed: boolean;
}

export function openConversationHub(bus: Bus): ConversationHub {
  const listeners = new Map<string, Set<() => void>>();
  let closed = false;
  const wake = (sessionId: string) => {
    for (const heard of [...(listeners.get(sessionId) ?? [])]) heard();
  };
  const wakeAll = () => {
    for (const sessionId of [...listeners.keys()]) wake(sessionId);
  };
  const unsubscribe = bus.subscribe(sessionChannel, (sessionId) =>
    sessionId === undefined ? wakeAll() : wake(sessionId),
  );
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
    close() {
      closed = true;
      unsubscribe();
      wakeAll();
    },
  };
}
