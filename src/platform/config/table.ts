import type { Variable } from './schemas.ts';
import { notYet, variables } from './variables.ts';

/** The Markdown of docs/configuration.md; `npm run docs:check` fails when the file differs. */
export function configurationTable(): string {
  const rows = (Object.entries(variables) as [string, Variable][]).map(
    ([name, v]) => `| \`${name}\` | ${v.default === undefined ? '–' : `\`${v.default}\``} | ${v.about} |`,
  );
  const later = Object.entries(notYet).map(([name, part]) => `| \`${name}\` | ${part} |`);
  return [
    '# Configuration',
    '',
    'Read from the environment and from `.env` in the folder of the start; the environment goes first. A wrong value stops the start with one line that names it. This page is made by `npm run docs:write`.',
    '',
    '| variable | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
    '## Not yet',
    'These names belong to parts that are not built yet. Setting one stops the start, so that nothing is silently ignored.',
    '',
    '| variable | part |',
    '|---|---|',
    ...later,
    '',
  ].join('\n');
}
