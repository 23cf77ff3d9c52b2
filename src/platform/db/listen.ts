import pg from 'pg';
import { type Asking, askConnection } from './held-connection.ts';

export interface Listening {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly heard: (channel: string, payload?: string) => void;
  readonly onError: (error: unknown) => void;
  /** How often the connection is asked whether it lives. */
  readonly asking?: Asking;
}

/**
 * Hears what is told with NOTIFY, on a connection of its own. What was told while there was no connection is lost:
 * `heard` is therefore also called, for every channel and without a payload, whenever a connection was made, the first
 * included. A connection that breaks, or does not answer any more, is made anew, after 0.2 s at first, later every 5 s.
 */
export async function listenTo(
  url: string,
  channels: readonly string[],
  { heard, onError, asking }: ListenOptions,
): Promise<Listening> {
  const stopped = new AbortController();
  let client: pg.Client | null = null;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'signalbox-listen', keepAlive: true });
    let held = false;
    next.on('error', (error) => {
      onError(error);
      if (held) void reconnect();
      held = false;
    });
    next.on('notification', ({ channel, payload }) => heard(channel, payload));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    held = true;
    askConnection(next, asking);
    client = next;
    for (const channel of channels) heard(channel);
  }

  async function reconnect(): Promise<void> {
    for (let wait = 200; !stopped.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
      await pause(wait, stopped.signal);
      if (stopped.signal.aborted) return;
      try {
        await connect();
        if (stopped.signal.aborted) await client?.end();
        return;
      } catch (error) {
        onError(error);
      }
    }
  }

  await connect();
  return {
    async close() {
      stopped.abort();
      await client?.end().catch(onError);
    },
  };
}

/** Ends early when `signal` is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
