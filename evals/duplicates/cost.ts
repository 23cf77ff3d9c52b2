/**
 * What comparing costs: microseconds of CPU a ticket for reading its text, for making it ready and for the search, in
 * memories of 300 to 100,000 tickets (published tickets where they are, else mixed starter tickets, each once); and how
 * many of those at 0.9 or more the search finds of those that comparing with every one finds.
 *
 *   node evals/duplicates/cost.ts [SIZE …]
 */
import { createRandom } from '../../src/ml/index.ts';
import { createDuplicateReader, DuplicateWindow, type Fingerprint } from '../../src/triage/duplicates/index.ts';
import { comparedText, probabilityOf } from '../../src/triage/duplicates/same-problem.ts';
import { ticketStream } from './ticket-streams.ts';

const sizes = process.argv.slice(2).map(Number);
const asked = 300;
const reader = createDuplicateReader({ embedder: null });
const random = createRandom(3);
const stream = ticketStream(random);

for (const size of sizes.length > 0 ? sizes : [300, 3_000, 30_000]) {
  const window = new DuplicateWindow();
  const kept: Fingerprint[] = [];
  for (let i = 0; i < size; i++) {
    const [fingerprint] = await reader.read([stream(i)]);
    window.add(`${i}`, i, fingerprint!);
    kept.push(fingerprint!);
  }
  const texts = Array.from({ length: asked }, (_, i) => stream(size + i));
  const cost: Record<'read' | 'ready' | 'find' | 'cpu', number[]> = { read: [], ready: [], find: [], cpu: [] };
  const hits: number[] = [];
  const queries: Fingerprint[] = [];
  for (const text of texts) {
    const cpu = process.cpuUsage();
    const began = performance.now();
    const [fingerprint] = await reader.read([text]);
    const read = performance.now();
    comparedText(fingerprint!);
    const ready = performance.now();
    const found = window.find(fingerprint!, { since: 0, threshold: 0.5, limit: 20 });
    const end = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    cost.read.push(read - began);
    cost.ready.push(ready - read);
    cost.find.push(end - ready);
    cost.cpu.push((user + system) / 1000);
    hits.push(Math.max(0, ...found.map(({ probability }) => probability)));
    queries.push(fingerprint!);
  }
  const best = queries.map((query) =>
    Math.max(...kept.map((one) => probabilityOf(comparedText(one), comparedText(query)))),
  );
  const told = Object.entries(cost).map(([name, times]) => `${name} ${spread(times)}`);
  const due = best.filter((p) => p >= 0.9).length;
  const same = best.filter((p, i) => p >= 0.9 && hits[i]! >= 0.9).length;
  const likeliest = best.filter((p, i) => p >= 0.9 && hits[i] === p).length;
  console.log(
    `${size}: ${told.join(', ')} µs (median, p95, mean); one alike ${due}, found ${same}, the likeliest ${likeliest}`,
  );
}

function spread(milliseconds: readonly number[]): string {
  const sorted = milliseconds.map((ms) => ms * 1000).sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))]!);
  return `${at(0.5)}/${at(0.95)}/${Math.round(sorted.reduce((a, b) => a + b, 0) / sorted.length)}`;
}
