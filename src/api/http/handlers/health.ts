import { SignalboxError } from '../../../ticket/index.ts';
import { healthRoutes } from '../../contract/index.ts';
import type { Binder } from '../bind-route.ts';
import type { Services } from '../services.ts';

export function bindHealth(bind: Binder, services: Services): void {
  bind(healthRoutes.health, async () => {
    const { components, breaker, uptimeSeconds } = await services.health();
    const down = components.database.status === 'down' || components.model.status === 'down';
    const degraded = Object.values(components).some((c) => c.status === 'down' || c.status === 'degraded');
    const { version } = await services.versions().catch(() => ({ version: 'unknown' }));
    return {
      status: down ? 503 : 200,
      body: {
        status: down ? ('unhealthy' as const) : degraded ? ('degraded' as const) : ('healthy' as const),
        components,
        model_loaded: components.model.status === 'ok',
        model_variant: services.model.variant,
        categories: [...services.model.categories],
        circuit_breaker: breaker,
        uptime_seconds: uptimeSeconds,
        version,
      },
    };
  });

  bind(healthRoutes.ready, async () => {
    const { components } = await services.health();
    if (components.database.status === 'down' || components.model.status === 'down')
      throw new SignalboxError(
        'not-ready',
        'Signalbox cannot take tickets at the moment; GET /health tells which part is missing.',
      );
    return { status: 200, body: { ready: true as const } };
  });

  bind(healthRoutes.version, async () => ({
    status: 200,
    body: { ...(await services.versions()), node: process.version },
  }));

  bind(healthRoutes.metrics, async () => ({ status: 200, body: await services.metricsText() }));
}
