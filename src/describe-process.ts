import { hostname } from 'node:os';
import type { Services } from './api/index.ts';
import { createHealth } from './health.ts';
import { checksOf, type Looked } from './health-checks.ts';
import { version } from './paths.ts';
import { listProcesses, registerProcess } from './platform/index.ts';

/** Makes this server known to the others, and says how it and they are. */
export async function describeProcess(looked: Looked): Promise<Pick<Services, 'health' | 'process'>> {
  const { config, engine, clock } = looked;
  const { database, owner } = engine.parts;
  const startedAt = clock.now();
  const role = config.SIGNALBOX_ROLE;
  await registerProcess(database, { owner, name: `${hostname()}:${process.pid}`, role, version, startedAt });
  return {
    health: createHealth(checksOf(looked)),
    process: {
      role,
      owner,
      version,
      breaker: () => engine.triage.breaker(),
      uptimeSeconds: () => (clock.now().getTime() - startedAt.getTime()) / 1000,
      list: () => listProcesses(database.db),
    },
  };
}
