/** A process that starts our PostgreSQL and says how it went; run by serve-postgres.ts of the same folder. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createLog } from '../../src/platform/log.ts';
// Not through the room's front door: the whole room takes a second to load, and this starts fifty times.
import { type PostgresOptions, startPostgres } from '../../src/platform/postgres/index.ts';

/** What it says in one line of JSON on stdout, and to whom it listens: any line on stdin stops it. */
export type Said =
  | { readonly url: string; readonly pid: number; readonly version: string; readonly milliseconds: number }
  | { readonly code: string; readonly message: string };

interface Order {
  readonly dataFolder: string;
  readonly listen?: 'socket' | 'loopback';
  /** In a worker thread, where the kernel is not asked to end PostgreSQL with us. */
  readonly inWorker?: boolean;
}

async function serve(order: Order, say: (said: Said) => void): Promise<() => Promise<void>> {
  const options: PostgresOptions = { dataFolder: order.dataFolder, log: createLog('silent') };
  const start = performance.now();
  try {
    const running = await startPostgres(order.listen ? { ...options, listen: order.listen } : options);
    const { url, pid, version } = running;
    say({ url, pid, version, milliseconds: performance.now() - start });
    return () => running.stop();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    say({ code: code ?? 'none', message });
    return async () => {};
  }
}

if (isMainThread) {
  const order = JSON.parse(process.argv[2] ?? '{}') as Order;
  const print = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);
  let stop: () => Promise<void>;
  if (order.inWorker) {
    const worker = new Worker(new URL(import.meta.url), { workerData: order });
    worker.on('message', print);
    stop = async () => worker.postMessage('stop');
  } else {
    stop = await serve(order, print);
  }
  process.stdin.once('data', async () => {
    await stop();
    process.stdin.destroy();
  });
} else {
  const stop = await serve(workerData as Order, (said) => parentPort?.postMessage(said));
  parentPort?.once('message', stop);
}
