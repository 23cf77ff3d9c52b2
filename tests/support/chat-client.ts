/** A chat socket for tests: keeps every frame and lets a test wait for one. */
export interface Frame {
  readonly type: string;
  readonly status?: boolean;
  readonly message?: string;
  readonly token?: string;
  readonly session_id?: string;
  readonly customer_id?: string;
  readonly metadata?: {
    readonly message_id: string;
    readonly author: string;
    readonly escalated: boolean;
    readonly strategy: string;
  };
}

export interface ChatClient {
  readonly frames: readonly Frame[];
  /** Texts of the message frames so far. */
  texts(): string[];
  /** An object is sent as JSON, a string as it is. */
  say(message: object | string): void;
  /** Resolves with the n-th frame (from 1) that fits, at once if it was already seen. */
  frame(fits: (frame: Frame) => boolean, n?: number): Promise<Frame>;
  message(n?: number): Promise<Frame>;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

/** Resolves when the socket is open. @throws when it is refused */
export function openChat(url: string, path: string, protocols: string[] = []): Promise<ChatClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, protocols);
  const frames: Frame[] = [];
  const waiters = new Set<() => void>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
  });
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const look of [...waiters]) look();
  });
  const frame: ChatClient['frame'] = (fits, n = 1) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = frames.filter(fits)[n - 1];
        if (found === undefined) return;
        waiters.delete(look);
        resolve(found);
      };
      waiters.add(look);
      void closed.then(({ code }) => reject(new Error(`closed with ${code}; frames: ${JSON.stringify(frames)}`)));
      look();
    });
  const client: ChatClient = {
    frames,
    closed,
    frame,
    texts: () => frames.filter((f) => f.type === 'message').map((f) => f.message ?? ''),
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    message: (n) => frame((f) => f.type === 'message', n),
    async close() {
      socket.close();
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(client));
    socket.addEventListener('error', () => reject(new Error(`the socket at ${path} was refused`)));
  });
}
