const pingSeconds = 30;

/** What is asked of a WebSocket here. */
export interface AliveSocket {
  readonly isPaused: boolean;
  readonly bufferedAmount: number;
  on(event: 'pong' | 'message', heard: () => void): unknown;
  ping(): void;
  terminate(): void;
}

/**
 * A connection from which nothing comes, not even the answer to a ping, is gone, whatever TCP thinks. The answer stands
 * behind the tickets that its client has sent before: a minute of them on a slow line, so that they count as well. While
 * it is held back nothing of it is read: then it is gone when it has taken nothing since the last look.
 * @returns the end of it
 */
export function keepAlive(socket: AliveSocket): () => void {
  let heard = true;
  let behind = 0;
  const hear = () => {
    heard = true;
  };
  socket.on('pong', hear);
  socket.on('message', hear);
  const timer = setInterval(() => {
    const { bufferedAmount } = socket;
    const stuck = socket.isPaused ? behind > 0 && bufferedAmount >= behind : !heard;
    if (stuck) return socket.terminate();
    behind = bufferedAmount;
    if (socket.isPaused) return;
    heard = false;
    socket.ping();
  }, pingSeconds * 1000).unref();
  return () => clearInterval(timer);
}
