import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCli, type RunningCli } from './run-cli.ts';

const cli = createCli();
afterAll(() => cli.remove());

/** A command in the middle of its work: some rows are out, standard input stays open. */
async function startWaiting(): Promise<RunningCli> {
  const running = cli.start(['triage', '-', '--no-store'], { input: null });
  running.child.stdin!.write(`body\n${'hello there, my invoice is wrong\n'.repeat(1_000)}`);
  await once(running.child.stdout!, 'data');
  return running;
}

describe('a signal to bin/signalbox.cjs alone', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s reaches the command, which stops in its own way', async (signal, expected) => {
    const running = await startWaiting();
    running.child.kill(signal);
    const { code, words } = await running.done;
    expect(code).toBe(expected);
    expect(words).toMatch(/^Stopped after [\d,]+ rows: with --out FILE a run that was cut off can go on\.\n$/);
  });

  it('SIGKILL cannot be passed on: the command notices by itself', async () => {
    // From a file: standard input ends with the wrapper, and the command with that.
    const rows = 60_000;
    writeFileSync(join(cli.folder, 'long.csv'), `body\n${'hello there, my invoice is wrong\n'.repeat(rows)}`);
    const running = cli.start(['triage', 'long.csv', '--no-store']);
    await once(running.child.stdout!, 'data');
    running.child.kill('SIGKILL');
    // Its pipes are closed only when the command has ended as well.
    const { signal, words } = await running.done;
    expect(signal).toBe('SIGKILL');
    expect(words).toMatch(/^Stopped after [\d,]+ rows/);
  });
});
