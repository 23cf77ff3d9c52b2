#!/usr/bin/env node
'use strict';
// The command line on whatever Node calls it: hands over to the Node of our own packages.
const { existsSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
if (!existsSync(join(root, 'node_modules', '.signalbox-stamp'))) {
  const { spawnSync } = require('node:child_process');
  const setup = spawnSync(process.execPath, [join(root, 'scripts', 'setup.cjs')], { stdio: 'inherit' });
  if (setup.status !== 0) process.exit(setup.status ?? 1);
}
const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const program = existsSync(own) ? own : process.execPath;
const child = spawn(program, [join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Signals reach the child by the terminal; those sent to us alone are passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
