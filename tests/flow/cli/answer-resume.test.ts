import { existsSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, expect, it } from 'vitest';
import { createCli, type RunningCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const rows = 120;
const questions = ['How long does a refund to PayPal take?', 'Wie lange dauert eine Erstattung auf PayPal?'];
writeFileSync(
  join(cli.folder, 'questions.csv'),
  `ticket_id,body\n${Array.from({ length: rows }, (_, i) => `Q${i + 1},${questions[i % 2]} (${i})`).join('\n')}\n`,
);
const out = join(cli.folder, 'answers.csv');
const part = `${out}.part`;

/** Told by the file system. */
function untilWritten(running: RunningCli, bytes: number): Promise<void> {
  const long = () => existsSync(part) && statSync(part).size >= bytes;
  return new Promise<void>((resolve, reject) => {
    const watcher = watch(cli.folder, () => {
      if (!long()) return;
      watcher.close();
      resolve();
    });
    void running.done.then(({ words }) => {
      watcher.close();
      reject(new Error(`it ended before: ${words}`));
    });
  });
}

it('answers every row once though it is killed in the middle, also the rows that were under way', async () => {
  const command = ['answer', 'questions.csv', '--method', 'template', '--out', 'answers.csv'];
  const running = cli.start(command);
  await untilWritten(running, 60_000);
  running.signal('SIGKILL');
  await running.done;
  expect(existsSync(out)).toBe(false);
  const again = await cli.run(command);
  expect(again.code).toBe(0);
  expect(again.words).not.toMatch(/bad row[^s]|line \d+/);
  const answers = parse(readFileSync(out, 'utf8'), { columns: true, bom: true }) as Record<string, string>[];
  expect(answers.map((row) => Number(row['row']))).toEqual(Array.from({ length: rows }, (_, i) => i + 1));
  expect(new Set(answers.map((row) => row['ticket_id'])).size).toBe(rows);
  expect(answers.map((row) => row['language'])).toEqual(answers.map((_, i) => (i % 2 === 0 ? 'en' : 'de')));
  for (const row of answers) expect(Number(row['quality'])).toBeGreaterThan(0);
  const third = await cli.run(['answer', 'questions.csv', '--method', 'template']);
  expect(third.rows<{ ticket_id: string }>().map((row) => row.ticket_id)).toEqual(
    answers.map((row) => row['ticket_id']),
  );
});
