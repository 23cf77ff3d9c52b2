import autocannon from 'autocannon';
import type { Figures } from './figures.ts';
import { quantile, round, starterTexts, startServer, temporaryFolder } from './measure.ts';

const rounds = 5;
const seconds = 6;

/** `POST /route`, stored and assigned, 50 connections, our own PostgreSQL with fsync on; load from a thread of its own. */
export async function routeStored(): Promise<Figures> {
  const folder = temporaryFolder();
  const server = await startServer(folder.path);
  try {
    const requests = starterTexts().map((ticket) => ({
      method: 'POST' as const,
      path: '/route',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ticket),
    }));
    const fire = (duration: number) => autocannon({ url: server.url, connections: 50, duration, requests, workers: 1 });
    await fire(3);
    const results: autocannon.Result[] = [];
    for (let i = 0; i < rounds; i++) results.push(await fire(seconds));
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
