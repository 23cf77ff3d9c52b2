import { accessKey } from '../../lib/preferences.ts';
import { type ChatFrame, readChatFrame } from './chat-frames.ts';

export type ChatState = 'connecting' | 'open' | 'lost';

export interface ChatConnection {
  /** False while there is no connection: nothing was sent. */
  say(message: string): boolean;
  close(): void;
}

interface Listeners {
  /** Read anew for each connection: the first one brings the token. */
  readonly token: () => string | null;
  readonly onFrame: (frame: ChatFrame) => void;
  readonly onState: (state: ChatState) => void;
}

/** Milliseconds before the next try; doubled each time, as many pages come back at once after a restart. */
const firstWait = 500;
const longestWait = 10_000;

/** A socket of the session that comes back by itself. It carries no state: what was missed is read over HTTP. */
export function openChat(sessionId: string, { token, onFrame, onState }: Listeners): ChatConnection {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWait;
  let closed = false;

  const connect = (): void => {
    onState('connecting');
    const address = new URL(`/ws/${encodeURIComponent(sessionId)}`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    socket = new WebSocket(address, protocolsOf(token()));
    socket.onopen = () => {
      wait = firstWait;
      onState('open');
    };
    socket.onmessage = ({ data }) => {
      const frame = readChatFrame(data);
      if (frame) onFrame(frame);
    };
    socket.onclose = () => {
      if (closed) return;
      onState('lost');
      timer = setTimeout(connect, wait);
      wait = Math.min(longestWait, wait * 2);
    };
  };
  connect();

  return {
    say(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify({ message }));
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

/** Pages cannot set headers on a socket: token and key travel as subprotocols, which stand in no log of addresses. */
function protocolsOf(token: string | null): string[] {
  const key = accessKey.read();
  return ['signalbox', ...(token === null ? [] : [`token.${token}`]), ...(key === '' ? [] : [`key.${key}`])];
}
