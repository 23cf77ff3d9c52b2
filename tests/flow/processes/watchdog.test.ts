import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

async function block(seconds: number, exits: boolean, milliseconds: number) {
  const script = join(root, 'tests/support/blocked-process.ts');
  const child = spawn(process.execPath, [script, String(seconds), String(exits), String(milliseconds)]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...said };
}

it('a blocked event loop is told with the place where it is blocked, and the process is ended', async () => {
  const { signal, out, err } = await block(1, true, 60_000);
  expect(signal).toBe('SIGKILL');
  expect(out).toBe('');
  expect(err).toMatch(/blocked for 1 s; the process is ended/);
  expect(err).toMatch(/spinUntil .*blocked-process\.ts:7/);
}, 30_000);

it('with WATCHDOG_EXIT=false it is only told, and goes on', async () => {
  const { code, out, err } = await block(1, false, 3_000);
  expect({ code, out }).toEqual({ code: 0, out: 'done\n' });
  expect(err.match(/blocked for 1 s/g)).toHaveLength(1);
}, 30_000);

it('one that is blocked for less is left in peace', async () => {
  expect(await block(5, true, 2_000)).toEqual({ code: 0, signal: null, out: 'done\n', err: '' });
}, 30_000);
