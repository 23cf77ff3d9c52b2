import type { Part } from './platform/index.ts';
import type { Running } from './running.ts';

/** What runs by itself in processes with the role api or all, beside the server. Add a part here. */
function partsOfApi(_running: Running): Part[] {
  return [];
}

/** @returns the end of them all */
export async function startApi(running: Running): Promise<AsyncDisposable> {
  return running.watchdog.supervise(partsOfApi(running));
}
