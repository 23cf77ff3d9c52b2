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
// Node 24 can hang at its end: the main thread waits for a thread that compiles in the background, which waits for a
// garbage collection of the main thread (nodejs/node 54918; seen here once in some hundred ends of `doctor`).
const steady = '--no-concurrent-sparkplug';
// The channel carries no words: by its end the child notices that we are gone, even when we were killed.
const child = spawn(program, [steady, join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
// Passed on, as they may be sent to us alone. A terminal sends Ctrl-C to both; twice at once is one wish to the child.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
const endedBy = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
child.on('exit', (code, signal) => process.exit(code ?? endedBy[signal] ?? 1));
