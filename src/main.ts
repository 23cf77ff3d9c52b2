import { parseConfig, type Role, readEnvironment, watchLoop } from './platform/index.ts';
import { showProgress } from './progress.ts';
import { SignalboxError } from './ticket/index.ts';
import { type App, startApp } from './wiring.ts';

/** Starts the server: `npm start`. What stands in the way is told in one line; the exit code is then 1. */
export async function main(role?: Role): Promise<void> {
  const started = performance.now();
  const progress = showProgress();
  const environment = readEnvironment(process.cwd());
  const config = parseConfig(role === undefined ? environment : { ...environment, SIGNALBOX_ROLE: role });
  if (config.WATCHDOG_SECONDS > 0) watchLoop({ seconds: config.WATCHDOG_SECONDS, exits: config.WATCHDOG_EXIT });
  const app = await startApp(config, { onProgress: progress.update }).finally(() => progress.end());
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const address = app.url.replace('127.0.0.1', 'localhost');
  // Before it is said to be ready: who waits for that may want it to stop at once.
  stopOnSignal(app);
  process.stderr.write(
    `Signalbox is ready after ${seconds} s\n\n${whatIsThere(config.SIGNALBOX_ROLE, address)}\nStop with Ctrl-C.\n`,
  );
}

function whatIsThere(role: Role, address: string): string {
  const health = `  health    ${address}/health\n`;
  if (role === 'worker') return `  worker    answers no requests but these\n${health}`;
  return `  console   ${address}/\n  API       ${address}/docs\n${health}`;
}

/**
 * One Ctrl-C may arrive several times: from the terminal and passed on by npm or bin/signalbox.cjs; a service manager
 * sends SIGTERM to each process of the group. What comes within this many milliseconds is the same wish.
 */
const sameWish = 500;

/** The first signal stops calmly, a second Ctrl-C at once. */
function stopOnSignal(app: App): void {
  let since: number | null = null;
  const stop = (signal: NodeJS.Signals) => {
    if (since !== null) {
      if (signal === 'SIGINT' && performance.now() - since > sameWish) process.exit(130);
      return;
    }
    since = performance.now();
    process.stderr.write(`\n${signal}: finishing what is in flight; again to stop at once.\n`);
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The stop was not clean: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** PostgreSQL's max_connections, or the limit of a role or a database. */
const noConnectionLeft =
  'The database has no connection left. A process takes up to DATABASE_POOL and 9 more: let PostgreSQL have more (max_connections), or set DATABASE_POOL lower.';

/** One line for what a person can mend; everything else with its stack. */
export function tellAndExit(error: unknown): never {
  const text =
    error instanceof SignalboxError
      ? error.message
      : (error as { code?: string } | null)?.code === '53300'
        ? noConnectionLeft
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
  process.stderr.write(`signalbox: ${text}\n`);
  process.exit(1);
}

if (import.meta.main) main().catch(tellAndExit);
