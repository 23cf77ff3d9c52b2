import { type Answer, callJson } from '../../support/server.ts';
import type { ServerProcess } from '../../support/server-process.ts';

export interface Sender {
  /** Ids of our own that were accepted with 200. */
  readonly accepted: Set<string>;
  /** Answers other than 200. */
  readonly refused: Answer<{ code?: string }>[];
  /** Sent when the process that was asked was gone: it may have been stored or not. */
  readonly unknown: Set<string>;
  stop(): Promise<void>;
}

/** Sends tickets without a pause, by turns to those that live, until it is stopped. What failed is sent again, as it should. */
export function keepSending(servers: readonly ServerProcess[], prefix: string, lanes = 4): Sender {
  const gone = new AbortController();
  const sender = {
    accepted: new Set<string>(),
    refused: [] as Answer<{ code?: string }>[],
    unknown: new Set<string>(),
  };
  const send = async (lane: number) => {
    for (let n = 0; !gone.signal.aborted; n++) {
      const id = `${prefix}-${lane}-${n}`;
      for (let turn = lane + n; !gone.signal.aborted; turn++) {
        const answer = await routeTicket(servers[turn % servers.length]!.url, id);
        if (answer === null) sender.unknown.add(id);
        else if (answer.status === 200) break;
        else sender.refused.push(answer);
      }
      if (!gone.signal.aborted) sender.accepted.add(id);
    }
  };
  const all = Array.from({ length: lanes }, (_, lane) => send(lane));
  return {
    ...sender,
    async stop() {
      gone.abort();
      await Promise.all(all);
    },
  };
}

/** @returns null when nobody answered */
export const routeTicket = (url: string, id: string) =>
  callJson<{ ticket_id: string; code?: string }>(url, {
    method: 'POST',
    path: '/route',
    body: { subject: 'Invoice', body: 'The VAT id is missing on the invoice.', ticket_id: id },
  }).catch(() => null);

export const get = <T>(url: string, path: string) => callJson<T>(url, { method: 'GET', path });

/** Ids of our own of every ticket that is stored, each as often as it is stored. */
export async function storedIds(url: string, prefix: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { body } = await get<{ items: { client_ticket_id: string | null }[]; next_cursor: string | null }>(
      url,
      `/tickets?limit=200${cursor}`,
    );
    for (const { client_ticket_id: id } of body.items) if (id?.startsWith(prefix)) ids.push(id);
    cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
  } while (cursor !== '');
  return ids;
}
