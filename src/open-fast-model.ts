import { existsSync } from 'node:fs';
import type { Config, Log, Metrics } from './platform/index.ts';
import { openStarterModel, type StarterSettings, starterModelIn } from './starter.ts';
import type { Taxonomy, Variant } from './ticket/index.ts';
import {
  type BreakerHears,
  type BreakerSettings,
  type BreakerState,
  createTriage,
  type FastModel,
  type Triage,
  type TriageModel,
} from './triage/index.ts';

/** Reads a text in 0.05 ms and is trained in 2 s on one core: the starter model that answers when the chosen one cannot. */
export const fastVariant: Variant = 'logreg';

/**
 * The fast model behind `primary`. One that reads through an embedding model can hang or be slow at any moment, so its
 * fast model is there before the first ticket. Others compute in this process and hardly ever fail: theirs is
 * trained in the background when they first do, unless the data folder has it. The fast one itself has none.
 */
export async function openFastModel(
  config: StarterSettings,
  primary: TriageModel,
  { taxonomy, log }: { taxonomy: Taxonomy; log: Log },
): Promise<FastModel> {
  const settings = { ...config, MODEL_VARIANT: fastVariant };
  let ready: Triage | null = null;
  let begun = false;
  const open = async () => {
    const model = await openStarterModel(settings, () => undefined);
    // The primary one may be that very model: what it can't do, it can't do twice.
    if (model.version !== primary.version) ready = createTriage(model, taxonomy);
  };
  if (primary.embedder !== null || existsSync(starterModelIn(settings))) await open();
  const openLater = () => {
    if (begun) return;
    begun = true;
    open().catch((error: unknown) => log.error({ err: error }, 'the fast triage model could not be trained'));
  };
  return {
    ask() {
      if (ready === null) openLater();
      return ready;
    },
    get variant() {
      return ready?.variant ?? null;
    },
  };
}

export const breakerOf = (
  config: Pick<Config, 'BREAKER_TIMEOUT_MS' | 'BREAKER_FAILURES' | 'BREAKER_COOLDOWN_MS'>,
): BreakerSettings => ({
  timeoutMs: config.BREAKER_TIMEOUT_MS,
  failures: config.BREAKER_FAILURES,
  cooldownMs: config.BREAKER_COOLDOWN_MS,
});

const stateNumber: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** What the breaker does is counted and logged: who is on call sees it before a customer does. */
export function breakerHears(metrics: Metrics, log: Log): BreakerHears {
  return {
    transition(to) {
      metrics.breakerState.set(stateNumber[to]);
      metrics.breakerTransitions.inc({ to });
      log.warn({ state: to }, 'the circuit breaker of the triage model went into another state');
    },
    fallback: (reason, texts) => metrics.breakerFallbacks.inc({ reason }, texts),
  };
}
