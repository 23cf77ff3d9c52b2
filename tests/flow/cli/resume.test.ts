import { once } from 'node:events';
import { existsSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli, type RunningCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

const rows = 6_000;
const input = join(cli.folder, 'tickets.csv');
const texts = [
  'The invoice is wrong',
  'Ich komme nicht in mein Konto',
  'The app crashes when I save',
  'Wo finde ich die Preise?',
];
writeFileSync(
  input,
  `ticket_id,body\n${Array.from({ length: rows }, (_, i) => `T${i + 1},${i % 50 === 7 ? '' : `${texts[i % 4]} (case ${i * 7919})`}`).join('\n')}\n`,
);
const good = rows - rows / 50;

/** Resolves when `path` holds at least `bytes`, told by the file system; fails when the command ends before. */
async function untilWritten(running: RunningCli, path: string, bytes: number): Promise<void> {
  const long = () => existsSync(path) && statSync(path).size >= bytes;
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(cli.folder, () => {
      if (!long()) return;
      watcher.close();
      resolve();
    });
    void running.done.then(({ words }) => {
      watcher.close();
      reject(new Error(`it ended before: ${words}`));
    });
    if (long()) {
      watcher.close();
      resolve();
    }
  });
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { row: number; ticket_id: string; client_ticket_id: string });

describe('a run with --out that is killed', () => {
  it('goes on where it was cut, with nothing twice and nothing left out', async () => {
    const out = join(cli.folder, 'plain.jsonl');
    const words = ['triage', input, '--no-store', '--out', out];
    const running = cli.start(words);
    await untilWritten(running, `${out}.part`, 200_000);
    running.signal('SIGKILL');
    await running.done;
    expect(existsSync(out)).toBe(false);
    const done = linesOfPart(`${out}.part`);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(good);
    // What a power cut leaves behind: half a line.
    writeFileSync(`${out}.part`, '{"row": 5999, "ticket', { flag: 'a' });
    const again = await cli.run(words);
    expect(again.code).toBe(0);
    expect(again.words).toMatch(/^Going on after row \d+ of an earlier run\.\n/);
    const lines = linesOf(out);
    expect(lines.map((l) => l.row)).toEqual(
      Array.from({ length: rows }, (_, i) => i + 1).filter((r) => (r - 1) % 50 !== 7),
    );
    expect(existsSync(`${out}.part`)).toBe(false);
    expect(existsSync(`${out}.part.json`)).toBe(false);
    const whole = join(cli.folder, 'whole.jsonl');
    await cli.run(['triage', input, '--no-store', '--out', whole]);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(whole, 'utf8'));
  });

  it('stores each ticket once', async () => {
    const out = join(cli.folder, 'stored.jsonl');
    const running = cli.start(['triage', input, '--out', out]);
    await untilWritten(running, `${out}.part`, 300_000);
    running.signal('SIGKILL');
    await running.done;
    const before = readFileSync(`${out}.part`, 'utf8');
    const again = await cli.run(['triage', input, '--out', out]);
    expect(again).toMatchObject({ code: 0, words: expect.stringContaining('Going on after row') });
    expect(readFileSync(out, 'utf8').startsWith(before.slice(0, before.lastIndexOf('\n') + 1))).toBe(true);
    const lines = linesOf(out);
    expect(new Set(lines.map((l) => l.ticket_id)).size).toBe(good);
    expect(lines).toHaveLength(good);
    const third = await cli.run(['triage', input]);
    expect(third.rows<{ ticket_id: string }>().map((r) => r.ticket_id)).toEqual(lines.map((l) => l.ticket_id));
  });

  it('refuses to go on with another file, another model or other options', async () => {
    const out = join(cli.folder, 'other.jsonl');
    const running = cli.start(['triage', input, '--no-store', '--out', out]);
    await untilWritten(running, `${out}.part`, 100_000);
    running.signal('SIGKILL');
    await running.done;
    const changed = join(cli.folder, 'changed.csv');
    writeFileSync(changed, 'body\nhello\n');
    const other = await cli.run(['triage', changed, '--no-store', '--out', out]);
    expect(other).toMatchObject({
      code: 1,
      words: expect.stringMatching(/is the beginning of another file.*Remove it/),
    });
    const options = await cli.run(['triage', input, '--no-store', '--text', 'ticket_id', '--out', out]);
    expect(options).toMatchObject({ code: 1, words: expect.stringContaining('a run with other options') });
    expect(existsSync(out)).toBe(false);
  });
});

describe('Ctrl-C', () => {
  it('stops at a whole line, says how to go on and ends with 130', async () => {
    const out = join(cli.folder, 'stopped.jsonl');
    const running = cli.start(['triage', input, '--no-store', '--out', out]);
    await untilWritten(running, `${out}.part`, 100_000);
    running.signal('SIGINT');
    const { code, words } = await running.done;
    expect(code).toBe(130);
    expect(words).toMatch(/Stopped after \d+ rows: the same command goes on from there\./);
    expect(readFileSync(`${out}.part`, 'utf8').endsWith('}\n')).toBe(true);
    const again = await cli.run(['triage', input, '--no-store', '--out', out]);
    expect(again.code).toBe(0);
    expect(linesOf(out)).toHaveLength(good);
  });

  it('ends a command that waits for standard input', async () => {
    const running = cli.start(['triage', '-', '--no-store'], { input: null });
    running.child.stdin!.write(`body\n${'hello there, my invoice is wrong\n'.repeat(1_000)}`);
    await once(running.child.stdout!, 'data');
    running.signal('SIGINT');
    expect((await running.done).code).toBe(130);
  });
});

function linesOfPart(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1;
}
