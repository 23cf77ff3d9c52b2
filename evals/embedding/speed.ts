/**
 * What an embedding model costs here: load time, memory, one ticket at a time, many at once by batch size, and how
 * long the event loop stands still meanwhile (texts of 20,000 characters). Prints JSON.
 *
 *   node evals/embedding/speed.ts --model FOLDER [--package FOLDER] [--threads 1] [--weights full] [--tickets 200]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readStarterTickets } from '../urgency/starter-tickets.ts';
import { modelOptions, openModel } from './open-model.ts';

const { values } = parseArgs({ options: { ...modelOptions, tickets: { type: 'string', default: '200' } } });
const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);
const texts = readStarterTickets('train')
  .slice(0, Number(values.tickets))
  .map((ticket) => `${ticket.subject}\n${ticket.body}`);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds of all threads of this process on a core: what else the machine does counts less. */
async function cpuTimed(work: () => Promise<unknown>): Promise<number> {
  const { user, system } = process.cpuUsage();
  await work();
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1000;
}

/** Longest stop of the event loop in milliseconds while `work` runs. */
async function longestStop(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

async function measure(): Promise<unknown> {
  const before = megabytes();
  const start = performance.now();
  const embedder = await openModel(values);
  if (embedder === null) return null;
  const loadMilliseconds = performance.now() - start;
  const loaded = megabytes();
  const single: number[] = [];
  const cpu = await cpuTimed(async () => {
    for (const text of texts) single.push(await timed(() => embedder.embed([text])));
  });
  single.sort((a, b) => a - b);
  const long = Array.from({ length: 24 }, (_, i) =>
    `${i} Der Drucker meldet Fehler 4${i}, please help. `.repeat(500).slice(0, 20_000),
  );
  const first = performance.now();
  const working = await longestStop(() => embedder.embed(long));
  // The same time without work: on a busy machine a thread waits for a core whatever it does.
  const idle = await longestStop(() => wait(performance.now() - first));
  await embedder.close();
  const perSecond: Record<string, number> = {};
  for (const batch of [1, 8, 32]) {
    const other = (await openModel(values, { batch }))!;
    perSecond[batch] = (texts.length * 1000) / (await timed(() => other.embed(texts)));
    await other.close();
  }
  return {
    id: embedder.id,
    threads: Number(values.threads),
    tickets: texts.length,
    loadMilliseconds,
    megabytes: { before, loaded, afterwards: megabytes() },
    oneTicketMilliseconds: {
      median: single[single.length >> 1],
      p95: single[Math.floor(single.length * 0.95)],
      cpu: cpu / single.length,
    },
    perSecondByBatch: perSecond,
    longestStopMilliseconds: { working, idle },
  };
}

const figures = await measure();
if (figures !== null) console.log(JSON.stringify(figures, null, 2));
