import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkTimes } from './check.ts';
import { guardrails } from './checks/index.ts';

it('docs/guardrails.md lists every check as it is', () => {
  const rows = new Set(
    checkTimes.flatMap((time) =>
      [...guardrails[time]].map(
        ({ id, when, reason, about }) => `| \`${id}\` | ${when.join(', ')} | \`${reason}\` | ${about} |`,
      ),
    ),
  );
  const document = readFileSync(join(import.meta.dirname, '../../../docs/guardrails.md'), 'utf8');
  expect(document.split('\n').filter((line) => line.startsWith('| `') && line.includes('_'))).toEqual([...rows]);
});
