import { type Engine, startEngine } from '../engine.ts';
import { showProgress } from '../progress.ts';
import { openSharedStorage } from '../shared-storage.ts';
import { readConfiguration } from './configuration.ts';
import type { Terminal } from './terminal.ts';

/** Everything that works on tickets, for one command: on the running database, or on one of its own. */
export async function openEngine(terminal: Terminal): Promise<Engine> {
  const { config, log } = readConfiguration();
  const storage = await openSharedStorage(config, log, terminal.say);
  const progress = showProgress();
  try {
    const engine = await startEngine(config, storage, { log, onProgress: progress.update });
    return {
      ...engine,
      async close() {
        await engine.close();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  } finally {
    progress.end();
  }
}
