/** A process whose event loop is blocked for a while; run by tests/flow/processes/watchdog.test.ts. */
import { watchLoop } from '../../src/platform/watchdog/watch-loop.ts';

const [seconds, exits, blockedMs] = process.argv.slice(2);

function spinUntil(end: number): void {
  while (performance.now() < end);
}

watchLoop({ seconds: Number(seconds), exits: exits === 'true' });
// The thread has begun to look by then.
setTimeout(() => {
  spinUntil(performance.now() + Number(blockedMs));
  process.stdout.write('done\n');
  // As long as one more look, so that a wrong end would be seen.
  setTimeout(() => process.exit(0), 1_500);
}, 1_500);
