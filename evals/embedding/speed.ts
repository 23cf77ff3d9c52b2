/**
 * What an embedding model costs here: load time, memory, one ticket at a time, many at once by batch size, and how
 * long the event loop stands still meanwhile (texts of 20,000 characters). Prints JSON.
 *
 *   node evals/embedding/speed.ts --model FOLDER [--package FOLDER] [--threads 1] [--weights full] [--tickets 200]
 */
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

/**
 * The event loop while `work` runs, in milliseconds: the longest time between two turns by the clock, and the most
 * that the main thread computed between two. On a busy machine the first is mostly waiting for a core.
 */
async function watchTurns(work: () => Promise<unknown>): Promise<{ longest: number; mostComputed: number }> {
  const most = { longest: 0, mostComputed: 0 };
  let [clock, cpu] = [performance.now(), mainThreadCpu()];
  const timer = setInterval(() => {
    const [clockNow, cpuNow] = [performance.now(), mainThreadCpu()];
    most.longest = Math.max(most.longest, clockNow - clock);
    most.mostComputed = Math.max(most.mostComputed, cpuNow - cpu);
    [clock, cpu] = [clockNow, cpuNow];
  }, 1);
  await work();
  clearInterval(timer);
  return most;
}

function mainThreadCpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
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
  const working = await watchTurns(() => embedder.embed(long));
  // The same time without work: on a busy machine a thread waits for a core whatever it does.
  const idle = await watchTurns(() => wait(performance.now() - first));
  await embedder.close();
  const byBatch: Record<string, { perSecond: number; cpuMilliseconds: number }> = {};
  for (const batch of [1, 4, 32]) {
    const other = (await openModel(values, { batch }))!;
    let cpu = 0;
    const milliseconds = await timed(async () => {
      cpu = await cpuTimed(() => other.embed(texts));
    });
    byBatch[batch] = { perSecond: (texts.length * 1000) / milliseconds, cpuMilliseconds: cpu / texts.length };
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
    byBatch,
    eventLoopMilliseconds: { working, idle },
  };
}

const figures = await measure();
if (figures !== null) console.log(JSON.stringify(figures, null, 2));
