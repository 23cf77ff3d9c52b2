import { expect } from 'vitest';
import { callJson } from '../../support/server.ts';

export interface JobAnswer {
  readonly job_id: string;
  readonly status: 'pending' | 'processing' | 'done' | 'failed';
  readonly result: { ticket_id: string; client_ticket_id: string; urgency: string; category: string } | null;
  readonly error: { code: string; detail: string; ticket_id: string | null } | null;
  readonly attempts: number;
}

export interface Accepted {
  readonly job_id: string;
  readonly status: string;
  readonly message: string;
  readonly status_url: string;
}

export const sendJob = (url: string, body: object, headers: Record<string, string> = {}) =>
  callJson<Accepted>(url, { method: 'POST', path: '/route/async', body, headers });

export const readJob = async (url: string, id: string) =>
  (await callJson<JobAnswer>(url, { method: 'GET', path: `/route/async/${id}` })).body;

/** Waits until the job is done or failed. */
export async function ended(url: string, id: string, timeout = 20_000): Promise<JobAnswer> {
  await expect
    .poll(async () => (await readJob(url, id)).status, { timeout, interval: 25 })
    .toMatch(/^(?:done|failed)$/);
  return readJob(url, id);
}

/** Every ticket, over all pages. */
export async function allTickets(url: string): Promise<{ id: string; client_ticket_id: string; status: string }[]> {
  const tickets: { id: string; client_ticket_id: string; status: string }[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { body: { items: typeof tickets; next_cursor: string | null } } = await callJson(url, {
      method: 'GET',
      path: `/tickets?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    });
    tickets.push(...page.body.items);
    cursor = page.body.next_cursor;
  }
  return tickets;
}
