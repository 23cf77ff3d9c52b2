import type pg from 'pg';
import { within } from '../watchdog/within.ts';

/** Milliseconds between two questions, and that an answer may take. */
export interface Asking {
  readonly everyMs: number;
  readonly answerMs: number;
}

const usual: Asking = { everyMs: 15_000, answerMs: 5_000 };

/**
 * Asks a connection that only listens or holds a lock whether its other end is still there. A firewall that forgets it,
 * or a database that hangs, says nothing by itself, and TCP waits for hours: it is then broken from this side, which its
 * `error` event tells.
 */
export function askConnection(client: pg.Client, { everyMs, answerMs }: Asking = usual): void {
  let timer: NodeJS.Timeout;
  const askLater = () => {
    timer = setTimeout(() => {
      within(answerMs, 'an answer of the database', client.query('select 1')).then(askLater, (error: unknown) =>
        streamOf(client).destroy(error as Error),
      );
    }, everyMs).unref();
  };
  askLater();
  client.once('end', () => clearTimeout(timer));
}

/** node-postgres has no word for it. */
const streamOf = (client: pg.Client) =>
  (client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream;
