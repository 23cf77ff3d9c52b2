/**
 * Runs every command of the README as a newcomer would: `npm start` in the background, the curl, the command
 * line, the documents. `npm test` is run by the gate itself. Exits 1 and names the command that failed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const commands = [...readFileSync('README.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? '')
    .replace(/\\\n\s*/g, ' ')
    .trim()
    .split('\n'),
);
const data = mkdtempSync(join(tmpdir(), 'signalbox-readme-'));
const env = { ...process.env, SIGNALBOX_DATA: data, NO_COLOR: '1' };
const problems: string[] = [];

/** What a request must bring, by its path. A question is answered by itself; a hand-over says otherwise. */
const expected: readonly (readonly [path: string, wanted: RegExp])[] = [
  ['/chat', /"response":".{40,}"escalated":false/s],
  ['/answer', /"guardrail_action":"OK"/],
  ['/incidents', /"items":\[/],
  ['/route/async', /"status":"accepted"/],
];

function run(command: string): void {
  console.log(`$ ${command}`);
  const done = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    env,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    timeout: 180_000,
  });
  const output = `${done.stdout}${done.stderr}`;
  console.log(output.length > 1_500 ? `${output.slice(0, 700)}\n …\n${output.slice(-700)}` : output);
  if (done.status !== 0) problems.push(`${command} → exit ${done.status}`);
  const wanted = expected.find(([path]) => command.startsWith('curl') && command.includes(path))?.[1];
  if (wanted !== undefined && !wanted.test(done.stdout))
    problems.push(`${command} → not what it should be: ${done.stdout.slice(0, 300)}`);
}

async function start(command: string): Promise<() => Promise<void>> {
  console.log(`$ ${command}`);
  const server = spawn('bash', ['-c', `exec ${command}`], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    let words = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text);
      words += text;
      if (words.includes('Signalbox is ready')) resolve();
    });
    server.on('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
  });
  return async () => {
    const gone = once(server, 'exit');
    process.kill(-server.pid!, 'SIGINT');
    await gone;
  };
}

try {
  const stop = await start(commands.find((c) => c === 'npm start') ?? 'npm start');
  for (const command of commands.filter((c) => c !== 'npm start' && c !== 'npm test')) run(command);
  await stop();
} catch (error) {
  problems.push(String(error));
} finally {
  rmSync(data, { recursive: true, force: true });
}
for (const problem of problems) console.error(`README: ${problem}`);
console.log(`${commands.length - problems.length} passed, ${problems.length} failed`);
process.exit(problems.length > 0 ? 1 : 0);
