/**
 * False incidents: unrelated tickets as a live stream of so many in five minutes, each of a customer of its own, through
 * the memory and the comparison of the server; how many incidents of 5, 10 or 20 customers they open in 1,000 windows
 * of five minutes, and what those are about (`--show`). Published tickets (skipped where absent) and starter tickets;
 * every hour begins with an empty memory.
 *
 *   node evals/duplicates/false-incidents.ts [--windows 60] [--rates 100,300] [--counts 5,10,20] [--show]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom, shuffled } from '../../src/ml/index.ts';
import { createDuplicateReader, type Fingerprint, type TextToCompare } from '../../src/triage/duplicates/index.ts';
import { LiveMemory } from './live-memory.ts';
import { publishedTexts, starterTexts } from './ticket-streams.ts';

const windowMs = 300_000;
const windowsOfHour = 12;

export interface StreamPlan {
  readonly windows: number;
  readonly rates: readonly number[];
  readonly counts: readonly number[];
  readonly show?: boolean;
}

interface Read {
  readonly texts: readonly TextToCompare[];
  readonly fingerprints: readonly Fingerprint[];
}

/** Incidents opened in `windows` windows of `rate` tickets, as the places of their members. */
function streamThrough(
  read: Read,
  { rate, count, windows, seed }: Record<'rate' | 'count' | 'windows' | 'seed', number>,
) {
  const random = createRandom(seed);
  const places = read.texts.map((_, i) => i);
  let order: number[] = [];
  const opened: (readonly number[])[] = [];
  let memory = new LiveMemory({ threshold: 0.9, windowMs, count, quietMs: 1_800_000 });
  for (let w = 0; w < windows; w++) {
    if (w % windowsOfHour === 0) memory = new LiveMemory({ threshold: 0.9, windowMs, count, quietMs: 1_800_000 });
    for (let i = 0; i < rate; i++) {
      if (order.length === 0) order = shuffled(places, random);
      const place = order.pop()!;
      const found = memory.receive(place, w * windowMs + (i * windowMs) / rate, read.fingerprints[place]!);
      if (found.opened !== null) opened.push(found.opened.members);
    }
  }
  return opened;
}

export async function measureFalseIncidents(plan: StreamPlan): Promise<unknown> {
  const reader = createDuplicateReader({ embedder: null });
  const sources = { published: publishedTexts(), starter: starterTexts() };
  const figures: Record<string, unknown> = {};
  for (const [source, texts] of Object.entries(sources)) {
    if (texts === null) {
      figures[source] = { skipped: 'The folder of the published tickets is not there.' };
      continue;
    }
    const read = { texts, fingerprints: await reader.read(texts) };
    for (const rate of plan.rates)
      for (const count of plan.counts) {
        const opened = streamThrough(read, { rate, count, windows: plan.windows, seed: rate + count });
        figures[`${source} ${rate} tickets, ${count} customers`] = {
          windows: plan.windows,
          opened: opened.length,
          per1000Windows: Math.round((opened.length / plan.windows) * 1000),
        };
        if (plan.show) for (const members of opened.slice(0, 8)) showIncident(read, members);
      }
  }
  return figures;
}

function showIncident({ texts }: Read, members: readonly number[]): void {
  console.error(`--- ${members.length} members`);
  for (const place of members) {
    const { subject, body, language } = texts[place]!;
    console.error(`  ${language} ${subject.slice(0, 60)} | ${body.replaceAll('\n', ' ').slice(0, 110)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      windows: { type: 'string', default: '60' },
      rates: { type: 'string', default: '100,300' },
      counts: { type: 'string', default: '5,10,20' },
      show: { type: 'boolean', default: false },
    },
  });
  const numbers = (text: string) => text.split(',').map(Number);
  const plan = {
    windows: Number(values.windows),
    rates: numbers(values.rates),
    counts: numbers(values.counts),
    show: values.show,
  };
  console.log(JSON.stringify(await measureFalseIncidents(plan), null, 1));
}
