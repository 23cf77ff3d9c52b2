import { join } from 'node:path';
import autocannon from 'autocannon';
import type { Figures } from './figures.ts';
import { quantile, round, starterTexts, startServer, temporaryFolder } from './measure.ts';

const rounds = 5;
const seconds = 6;

/**
 * `POST /route`, stored and assigned, 50 connections, our own PostgreSQL with fsync on; load from a thread of its own.
 * Tickets of a usual day: no two alike, some 3 % duplicates of others.
 */
export const routeStored = () =>
  measureRoute((url, duration, round) =>
    autocannon({
      ...load(url, duration),
      initialContext: { seed: round },
      requests: [{ ...request, setupRequest: nextTicket as unknown as (r: autocannon.Request) => autocannon.Request }],
    }),
  );

/** The same with starter texts, each sent by all connections at about the same time: nearly all belong to incidents. */
export function routeFlood(): Promise<Figures> {
  const requests = starterTexts().map((ticket) => ({ ...request, body: JSON.stringify(ticket) }));
  return measureRoute((url, duration) => autocannon({ ...load(url, duration), requests }));
}

const nextTicket = join(import.meta.dirname, 'next-ticket.ts');
const request = { method: 'POST', path: '/route', headers: { 'content-type': 'application/json' } } as const;
const load = (url: string, duration: number) => ({ url, connections: 50, duration, workers: 1 });

async function measureRoute(
  fire: (url: string, duration: number, round: number) => Promise<autocannon.Result>,
): Promise<Figures> {
  const folder = temporaryFolder();
  const server = await startServer(folder.path);
  try {
    await fire(server.url, 3, 0);
    const results: autocannon.Result[] = [];
    for (let i = 0; i < rounds; i++) results.push(await fire(server.url, seconds, i + 1));
    const median = (pick: (r: (typeof results)[number]) => number) => quantile(results.map(pick), 0.5);
    return {
      requests_per_second: round(median((r) => r.requests.average)),
      p50_ms: median((r) => r.latency.p50),
      p99_ms: median((r) => r.latency.p99),
      not_200: results.reduce((sum, r) => sum + r.non2xx + r.errors + r.timeouts, 0),
      requests: results.reduce((sum, r) => sum + r.requests.total, 0),
      rounds,
      memory_mb: round(server.memoryMb(), 0),
    };
  } finally {
    await server.stop();
    folder.remove();
  }
}
