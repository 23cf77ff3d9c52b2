/**
 * Speed as numbers: `npm run bench [-- SCENARIO …] [-- --record]`. Prints one JSON object and compares with the
 * figures that were recorded last (bench/recorded.json). Machines differ and are noisy: look at the ratios.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { answerWithoutModel } from './scenarios/answer.ts';
import { duplicateWindow } from './scenarios/duplicate-window.ts';
import type { Figures } from './scenarios/figures.ts';
import { growthWithTickets } from './scenarios/growth.ts';
import { memoryInUse } from './scenarios/memory.ts';
import { routeFlood, routeStored } from './scenarios/route.ts';
import { semanticSearch } from './scenarios/semantic-search.ts';
import { startUp } from './scenarios/start-up.ts';
import { sustainedAsync, sustainedFile, sustainedRoute } from './scenarios/sustained.ts';
import { sustainedKafka, sustainedSocket } from './scenarios/sustained-streams.ts';
import { train } from './scenarios/train.ts';
import { triageFile } from './scenarios/triage-file.ts';

const scenarios: Record<string, () => Promise<Figures>> = {
  'triage-file': triageFile,
  train,
  'start-up': startUp,
  route: routeStored,
  'route-flood': routeFlood,
  answer: answerWithoutModel,
  memory: memoryInUse,
  'semantic-search': semanticSearch,
  'duplicate-window': duplicateWindow,
  growth: growthWithTickets,
  'sustained-file': sustainedFile,
  'sustained-route': sustainedRoute,
  'sustained-async': sustainedAsync,
  'sustained-socket': sustainedSocket,
  'sustained-kafka': sustainedKafka,
};
/** Minutes each, or beside the usual: measured when they are named. */
const long = /^(?:sustained-|route-flood$|growth$)/;
const file = new URL('./recorded.json', import.meta.url);
type Report = Record<string, Figures>;

const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const unknown = wanted.filter((name) => !(name in scenarios));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}`);
  process.exit(2);
}
const report: Report = {};
for (const [name, measure] of Object.entries(scenarios)) {
  if (wanted.length > 0 ? !wanted.includes(name) : long.test(name)) continue;
  console.error(`measuring ${name} …`);
  report[name] = await measure();
}
const recorded = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
console.log(
  JSON.stringify(
    {
      machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      node: process.version,
      figures: report,
      against_recorded: compare(report, recorded),
    },
    null,
    2,
  ),
);
if (process.argv.includes('--record')) writeFileSync(file, `${JSON.stringify({ ...recorded, ...report }, null, 2)}\n`);

function compare(now: Report, then: Report): Report {
  const ratios: Report = {};
  for (const [name, figures] of Object.entries(now)) {
    for (const [figure, value] of Object.entries(figures)) {
      const before = then[name]?.[figure];
      if (typeof value !== 'number' || typeof before !== 'number' || before === 0) continue;
      ratios[name] = { ...ratios[name], [figure]: `× ${(value / before).toFixed(2)}` };
    }
  }
  return ratios;
}
