/** Runs dependency-cruiser and asserts that it really read the modules: through an unknown TypeScript
 * it reads nothing and still reports "no violations". */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const folders = ['src', 'console', 'evals', 'bench', 'scripts'];
const run = spawnSync(
  'node_modules/.bin/depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
if (run.error) throw run.error;
const report = JSON.parse(run.stdout) as {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};
const read = report.modules.filter((m) => /\.tsx?$/.test(m.source) && !m.source.includes('node_modules')).length;
const present = globSync(
  folders.map((f) => `${f}/**/*.{ts,tsx}`),
  { exclude: (f) => /node_modules|dist/.test(f) },
).length;
for (const v of report.summary.violations) console.error(`${v.rule.name}: ${v.from} → ${v.to}`);
if (read < present) console.error(`dependency-cruiser read ${read} of ${present} modules`);
if (report.summary.violations.length > 0 || read < present) process.exit(1);
console.log(`walls hold: ${read} modules read, no violation`);
