'use strict';
// Runs before `npm start` and `npm test`, on whatever Node the machine has (20 or newer): installs what is
// missing, and with --console builds the console when it is stale. A stamp of the lock file makes the second
// start quick. Plain CommonJS without dependencies: nothing is installed yet when it runs.
const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const modules = join(root, 'node_modules');

function say(words) {
  process.stderr.write(`signalbox: ${words}\n`);
}

function fail(words) {
  say(words);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old; install Node 20 or newer.`);

/** The lock file names what is installed; the platform and this script decide the rest. */
function stamp() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'package.json', '.npmrc', 'scripts/setup.cjs'])
    hash.update(readFileSync(join(root, file)));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function install() {
  const file = join(modules, '.signalbox-stamp');
  const wanted = stamp();
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  say('installing packages (some 20 s, once) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const env = {
    ...process.env,

    npm_config_loglevel: 'error',
    npm_config_include: 'dev,optional',
    NODE_ENV: '',
  };
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) fail('npm ci did not succeed; see its words above. Is the package registry reachable?');
  writeFileSync(file, wanted);
}

/** Node 24 of our own packages; macOS has none and needs its own Node 22.18 or newer. */
function nodeProgram() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `There is no Node 24 package for ${process.platform}-${process.arch}; install Node 22.18 or newer and start again.`,
  );
}

/** Newest change among the files the console is built from. */
function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return entries.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function buildConsole() {
  const built = join(root, 'console', 'dist', 'index.html');
  const sources = [join(root, 'console'), join(root, 'src', 'api', 'contract'), join(root, 'src', 'ticket')];
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map(newest))) return;
  say('building the console …');
  const run = spawnSync(
    nodeProgram(),
    [join(modules, 'vite', 'bin', 'vite.js'), 'build', 'console', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (run.status !== 0) fail('the console could not be built; see the words above.');
}

mkdirSync(modules, { recursive: true });
install();
nodeProgram();
if (process.argv.includes('--console')) buildConsole();
