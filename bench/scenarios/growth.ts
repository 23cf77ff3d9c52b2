import { createLog, encodeCursor, startPostgres } from '../../src/platform/index.ts';
import type { Figures } from './figures.ts';
import { fillTickets, placeOf } from './fill-tickets.ts';
import { quantile, round, starterTexts, startServer, temporaryFolder } from './measure.ts';

/** Stored tickets; BENCH_GROWTH names fewer. */
const sizes = (process.env['BENCH_GROWTH'] ?? '10000,100000,1000000').split(',').map(Number);
const times = 9;

/**
 * How the questions of a console, and a routed ticket, grow with what is stored: medians of requests one after the
 * other, in milliseconds, HTTP included, our own PostgreSQL; and the last size against the first.
 */
export async function growthWithTickets(): Promise<Figures> {
  const folder = temporaryFolder();
  const databaseFolder = temporaryFolder();
  const postgres = await startPostgres({ dataFolder: databaseFolder.path, log: createLog('error') });
  const figures: Record<string, number> = {};
  try {
    const server = await startServer(folder.path, { DATABASE_URL: postgres.url });
    try {
      for (const size of sizes) {
        await fillTickets(postgres.url, size);
        console.error(`${size} tickets are stored …`);
        for (const [name, milliseconds] of await askAll(server.url, postgres.url)) {
          figures[`${name}_${size}`] = round(milliseconds, 2);
          const first = figures[`${name}_${sizes[0]}`] ?? milliseconds;
          figures[`${name}_growth`] = round(milliseconds / first, 2);
        }
      }
    } finally {
      await server.stop();
    }
  } finally {
    await postgres.stop();
    folder.remove();
    databaseFolder.remove();
  }
  return { ...figures, times };
}

async function askAll(url: string, databaseUrl: string): Promise<[string, number][]> {
  const cursor = encodeCursor(await placeOf(databaseUrl, 0.9));
  const texts = starterTexts();
  const get = (path: string) => () => fetch(`${url}${path}`);
  const post = (path: string, bodyOf: (i: number) => unknown) => (i: number) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(i)),
    });
  const asked: Record<string, (i: number) => Promise<Response>> = {
    list: get('/tickets?limit=50'),
    list_status: get('/tickets?limit=50&status=awaiting_review'),
    list_status_none: get('/tickets?limit=50&status=failed'),
    list_category: get('/tickets?limit=50&category=Billing'),
    list_category_none: get('/tickets?limit=50&category=Nobody'),
    list_deep: get(`/tickets?limit=50&cursor=${cursor}`),
    list_word: get('/tickets?limit=50&q=invoice'),
    list_word_none: get('/tickets?limit=50&q=xylophone'),
    stats: get('/stats'),
    queue: get('/queue?limit=50'),
    health: get('/health'),
    search: get('/documents/search?q=How%20do%20I%20reset%20my%20password%3F'),
    route: post('/route', (i) => texts[i % texts.length]),
  };
  const found: [string, number][] = [];
  for (const [name, ask] of Object.entries(asked)) found.push([name, await medianOf(name, ask)]);
  return found;
}

async function medianOf(name: string, ask: (i: number) => Promise<Response>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times + 2; i++) {
    const began = performance.now();
    const response = await ask(i);
    await response.arrayBuffer();
    // The first two warm up; what takes seconds is not asked so often.
    if (i >= 2) taken.push(performance.now() - began);
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    if (taken.length >= 3 && performance.now() - began > 1000) break;
  }
  return quantile(taken, 0.5);
}
