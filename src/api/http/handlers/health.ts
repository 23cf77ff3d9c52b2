import type { z } from 'zod';
import { type Role, within } from '../../../platform/index.ts';
import { SignalboxError } from '../../../ticket/index.ts';
import { type health, healthRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { ComponentHealth, Services } from '../services.ts';

/** Without one of these nothing can be taken. */
const needed = ['database', 'model'] as const;

const isMissing = (components: Record<string, ComponentHealth>) =>
  needed.some((name) => components[name]?.status === 'down');

/** Nobody waits long for a number. */
async function countProcesses({ process }: Services): Promise<Record<Role, number>> {
  const living = await within(2_000, 'the database', process.list()).catch(() => []);
  const count = (role: Role) => living.filter((one) => one.role === role).length;
  return { all: count('all'), api: count('api'), worker: count('worker') };
}

export function bindHealth(bind: Binder, services: Services, { metricsOpen }: { metricsOpen: boolean }): void {
  const { process } = services;
  bind(healthRoutes.health, async () => {
    const components = await services.health();
    const states = Object.values(components).map(({ status }) => status);
    const down = isMissing(components);
    const degraded = states.includes('down') || states.includes('degraded');
    return {
      status: down ? 503 : 200,
      body: {
        status: down ? ('unhealthy' as const) : degraded ? ('degraded' as const) : ('healthy' as const),
        // The checks of src/health-checks.ts; in tests the answer is held against the contract.
        components: components as z.input<typeof health>['components'],
        role: process.role,
        processes: await countProcesses(services),
        model_loaded: components['model']?.status === 'ok',
        model_variant: services.model.variant,
        categories: [...services.model.categories],
        circuit_breaker: process.breaker(),
        uptime_seconds: process.uptimeSeconds(),
        version: process.version,
      },
    };
  });

  bind(healthRoutes.ready, async () => {
    if (isMissing(await services.health(needed)))
      throw new SignalboxError(
        'not-ready',
        'Signalbox cannot take tickets at the moment; GET /health tells which part is missing.',
      );
    return { status: 200, body: { ready: true as const } };
  });

  bind(healthRoutes.processes, async () => ({
    status: 200,
    body: {
      items: (await process.list()).map(({ owner, name, role, version, startedAt }) => ({
        name,
        role,
        version,
        since: startedAt.toISOString(),
        this: owner === process.owner,
      })),
    },
  }));

  bind(healthRoutes.version, async () => ({
    status: 200,
    body: { ...(await services.versions()), node: process.version },
  }));

  const { metrics } = healthRoutes;
  bind({ ...metrics, scope: metricsOpen ? 'public' : metrics.scope }, async () => ({
    status: 200,
    body: await services.metricsText(),
  }));
}
