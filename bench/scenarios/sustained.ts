import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { Figures } from './figures.ts';
import { type RunningServer, root, round, starterTexts, startServer, temporaryFolder } from './measure.ts';
import { watchMemory } from './watch-memory.ts';

/** Of each scenario; BENCH_SECONDS says otherwise. */
export const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const warmUpSeconds = 5;

/** A server on its own PostgreSQL with fsync on, and its memory while `work` runs. */
export async function withServer(
  work: (server: RunningServer) => Promise<Figures>,
  env: Record<string, string> = {},
): Promise<Figures> {
  const folder = temporaryFolder();
  // What is trained at the first start is none of this: a warm start, as after every other.
  await (await startServer(folder.path)).stop();
  const server = await startServer(folder.path, env);
  try {
    return await work(server);
  } finally {
    await server.stop();
    folder.remove();
  }
}

/** `signalbox triage FILE`, every row stored and assigned; its start is not counted. */
export async function sustainedFile(): Promise<Figures> {
  const folder = temporaryFolder();
  try {
    const texts = starterTexts();
    const rows = seconds * 1000;
    const file = join(folder.path, 'tickets.jsonl');
    const one = join(folder.path, 'one.jsonl');
    writeFileSync(file, Array.from({ length: rows }, (_, i) => JSON.stringify(texts[i % texts.length])).join('\n'));
    writeFileSync(one, JSON.stringify(texts[0]));
    await triage(folder.path, one);
    const start = await triage(folder.path, one);
    const all = await triage(folder.path, file);
    const took = all.seconds - start.seconds;
    return { stored_per_second: round(rows / took, 0), seconds: round(took), rows, ...all.memory };
  } finally {
    folder.remove();
  }
}

async function triage(dataFolder: string, file: string) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), 'triage', file], {
    cwd: dataFolder,
    env: { PATH: process.env['PATH'], SIGNALBOX_DATA: dataFolder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const memory = watchMemory(() => residentMb(child.pid!));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`triage ended with code ${code}`);
  return { seconds: (performance.now() - began) / 1000, memory: memory.stop() };
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** `POST /route`, 50 connections. */
export const sustainedRoute = (): Promise<Figures> => withServer((server) => load(server, '/route'));

/** `POST /route/async`, 50 connections: accepted, and until the last is routed. */
export function sustainedAsync(): Promise<Figures> {
  return withServer(async (server) => {
    const began = performance.now();
    const figures = await load(server, '/route/async');
    const accepted = (figures['answered'] as number) + (figures['warm_up'] as number);
    while ((await stored(server.url)) < accepted) await wait(500);
    const whole = (performance.now() - began) / 1000;
    return {
      ...figures,
      routed: accepted,
      routed_per_second: round(accepted / whole, 0),
      until_all_routed_s: round(whole),
    };
  });
}

/** Tickets that have been routed. */
export async function stored(url: string): Promise<number> {
  const response = await fetch(`${url}/stats`);
  return ((await response.json()) as { tickets_routed: number }).tickets_routed;
}

async function load(server: RunningServer, path: string): Promise<Figures> {
  const requests = starterTexts().map((ticket) => ({
    method: 'POST' as const,
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ticket),
  }));
  const fire = (duration: number) => autocannon({ url: server.url, connections: 50, duration, requests, workers: 1 });
  const warm = await fire(warmUpSeconds);
  const memory = watchMemory(() => server.memoryMb());
  const found = await fire(seconds);
  return {
    per_second: round(found.requests.average, 0),
    p50_ms: found.latency.p50,
    p99_ms: found.latency.p99,
    answered: found['2xx'],
    warm_up: warm['2xx'],
    not_2xx: found.non2xx + found.errors + found.timeouts,
    seconds,
    ...memory.stop(),
  };
}
