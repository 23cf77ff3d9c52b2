import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  isBrokenCircuitError,
  isTaskCancelledError,
  noJitterGenerator,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';

/*
 * States: closed (every call goes to the model) → open, after so many failures in a row (no call does) → half-open,
 * after the cool-down, with the first call that comes: it alone goes to the model, a probe. A probe that succeeds
 * closes, one that fails opens again for twice as long.
 */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Why a call has no value: too slow, failed, the breaker is open, or too many calls are still with the model. */
export type Refusal = 'slow' | 'failed' | 'open' | 'busy';

export type Guarded<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly cause: unknown };

export interface BreakerSettings {
  /** Milliseconds after which a call is given up. */
  readonly timeoutMs: number;
  /** Failures in a row that open the breaker. */
  readonly failures: number;
  /** Milliseconds that it stays open the first time; doubled by each probe that fails, to `longestCooldownMs` at most. */
  readonly cooldownMs: number;
}

/** The longest that nothing is tried: a model that is back is used again after five minutes at the latest. */
export const longestCooldownMs = 300_000;

/**
 * Calls that may be with the model at once, those included that were given up and never came back: what hangs keeps
 * its memory. A probe always may.
 */
export const mostUnsettled = 64;

export interface Breaker {
  state(): BreakerState;
  /** What went wrong last; null once a call has succeeded. */
  failure(): string | null;
  /**
   * `work` gets a signal that is aborted when it is given up; what it says afterwards is thrown away. Never throws.
   * A call that kept the thread for longer than the time-out has its value, but counts as a failure.
   */
  call<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Guarded<T>>;
}

const stateNames: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
};

/** A value that came, though too late to be called a success. */
class Late<T> extends Error {
  readonly value: T;
  constructor(value: T, milliseconds: number) {
    super(`it took ${Math.round(milliseconds)} ms`);
    this.value = value;
  }
}

/** A circuit breaker (M. Nygard, Release It!, 2nd ed., ch. 5) around one model of this process. */
export function createBreaker(settings: BreakerSettings, onTransition: (to: BreakerState) => void = () => undefined) {
  const { timeoutMs, failures, cooldownMs } = settings;
  const limit = timeout(timeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  const circuit = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: cooldownMs,
      maxDelay: Math.max(cooldownMs, longestCooldownMs),
      exponent: 2,
      generator: noJitterGenerator,
    }),
  });
  const state = (): BreakerState => stateNames[circuit.state] ?? 'closed';
  circuit.onStateChange(() => onTransition(state()));
  let unsettled = 0;
  let failure: string | null = null;

  async function attempt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const began = performance.now();
    const value = await limit.execute(({ signal }) => {
      unsettled += 1;
      return counted(work(signal));
    });
    const milliseconds = performance.now() - began;
    if (milliseconds > timeoutMs) throw new Late(value, milliseconds);
    return value;
  }

  async function counted<T>(running: Promise<T>): Promise<T> {
    try {
      return await running;
    } finally {
      unsettled -= 1;
    }
  }

  const refused = (why: Refusal, cause: unknown): Guarded<never> => ({ kind: 'refused', why, cause });

  function refusedBy<T>(error: unknown): Guarded<T> {
    if (isBrokenCircuitError(error)) return refused('open', failure);
    if (error instanceof Late) {
      failure = error.message;
      return { kind: 'done', value: error.value as T };
    }
    const slow = isTaskCancelledError(error);
    failure = slow ? `no answer within ${timeoutMs} ms` : wordsOf(error);
    return refused(slow ? 'slow' : 'failed', error);
  }

  return {
    state,
    failure: () => failure,
    async call<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Guarded<T>> {
      // cockatiel lets the others wait for the probe; a ticket has something better to do.
      if (circuit.state === CircuitState.HalfOpen) return refused('open', failure);
      if (circuit.state === CircuitState.Closed && unsettled >= mostUnsettled) return refused('busy', failure);
      try {
        const value = await circuit.execute(() => attempt(work));
        failure = null;
        return { kind: 'done', value };
      } catch (error) {
        return refusedBy(error);
      }
    },
  } satisfies Breaker;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
