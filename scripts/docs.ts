/** Documents that are made from the code, and a check of what the others name: `--write` or `--check`. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { configurationTable } from '../src/platform/index.ts';

const made: Record<string, () => string> = { 'docs/configuration.md': configurationTable };
const problems: string[] = [];

for (const [file, make] of Object.entries(made)) {
  if (process.argv.includes('--write')) writeFileSync(file, make());
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== make())
    problems.push(`${file} is stale: run npm run docs:write`);
}

/** A document that names a file of the project names one that exists. */
const named = /`((?:src|console|docs|scripts|starter|tests|evals|bench|migrations|bin)\/[\w./@-]+|\.ci\/run)`/g;
for (const file of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')].filter((f) =>
  existsSync(f),
)) {
  for (const [, path] of readFileSync(file, 'utf8').matchAll(named)) {
    if (path !== undefined && !existsSync(path)) problems.push(`${file} names ${path}, which does not exist`);
  }
  for (const [, link] of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    const target = new URL(link ?? '', `file://${process.cwd()}/${file}`);
    if (!existsSync(target)) problems.push(`${file} links to ${link}, which does not exist`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log('the documents are in step with the code');
