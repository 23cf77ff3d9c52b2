import { SignalboxError, type TriageVerdict } from '../ticket/index.ts';
import { type BreakerSettings, type BreakerState, createBreaker, type Refusal } from './breaker.ts';
import type { TextToTriage, Triage } from './create-triage.ts';

/**
 * The fast model of an assessment while the primary one cannot: never waited for. `ask` may bring it about in the
 * background; null while there is none.
 */
export interface FastModel {
  ask(): Triage | null;
  /** Its variant, where there is one already. */
  readonly variant: string | null;
}

export interface BreakerHears {
  /** The breaker went into this state. */
  transition(to: BreakerState): void;
  /** The fast model answered so many texts. */
  fallback(why: Refusal, texts: number): void;
}

export interface GuardedTriage extends Triage {
  breaker(): BreakerState;
  /** The model without the breaker, for files: nobody waits there, and the better model is worth its time. */
  readonly primary: Triage;
  /** The variant of the fast model; null where there is none yet. */
  standIn(): string | null;
}

/**
 * Texts of a batch that go to the primary model in one call. A slow one costs its fifteen neighbours the better
 * model, not the whole batch; and a batch waits for as many time-outs at most as open the breaker.
 */
export const mostInCall = 16;

/** What `model_used` says of a verdict that the fast model gave. */
export const fallbackName = (variant: string): string => `${variant} (fallback)`;

/**
 * The primary model behind a circuit breaker: a text that it can't read, or not in time, is read by the fast model at
 * once, and the verdict says so. Without a fast model the failure is thrown, as without a breaker.
 */
export function guardTriage(
  primary: Triage,
  fast: FastModel,
  settings: BreakerSettings,
  hears: BreakerHears = { transition: () => undefined, fallback: () => undefined },
): GuardedTriage {
  const breaker = createBreaker(settings, (to) => hears.transition(to));

  async function instead(texts: readonly TextToTriage[], why: Refusal, cause: unknown): Promise<TriageVerdict[]> {
    const verdicts = await fast.ask()?.assessAll(texts);
    if (verdicts === undefined) throw failureOf(cause, why);
    hears.fallback(why, texts.length);
    return verdicts.map((verdict) => ({ ...verdict, modelUsed: fallbackName(verdict.modelUsed) }));
  }

  async function together(texts: readonly TextToTriage[]): Promise<TriageVerdict[]> {
    const found = await breaker.call((signal) => primary.assessAll(texts, { signal }));
    if (found.kind === 'done') return found.value;
    // One text that the model can't bear must not cost its neighbours theirs. A slow one would only be slow again.
    if (found.why === 'failed' && texts.length > 1) return apart(texts);
    return instead(texts, found.why, found.cause);
  }

  async function apart(texts: readonly TextToTriage[]): Promise<TriageVerdict[]> {
    const verdicts: TriageVerdict[] = [];
    for (const text of texts) verdicts.push(...(await together([text])));
    return verdicts;
  }

  async function assessAll(texts: readonly TextToTriage[]): Promise<TriageVerdict[]> {
    if (texts.length <= mostInCall) return together(texts);
    const verdicts: TriageVerdict[] = [];
    for (let i = 0; i < texts.length; i += mostInCall)
      verdicts.push(...(await together(texts.slice(i, i + mostInCall))));
    return verdicts;
  }

  return {
    ...primary,
    assess: async (text) => (await together([text]))[0]!,
    assessAll,
    failure: () => breaker.failure(),
    primary,
    breaker: () => breaker.state(),
    standIn: () => fast.variant,
  };
}

function failureOf(cause: unknown, why: Refusal): unknown {
  if (cause instanceof SignalboxError) return cause;
  const words = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : why;
  return new SignalboxError('embedder-closed', `The triage model does not answer (${words}); GET /health tells more.`, {
    cause,
  });
}
