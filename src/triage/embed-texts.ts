import type { TextEmbedder } from '../platform/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import type { TriageModel } from './triage-model.ts';

/** @throws SignalboxError `model-invalid` when the embedding model is not the one the model was trained with */
export function requireSameEmbedder({ embedder: wanted }: TriageModel, given: TextEmbedder | null): void {
  if (wanted === null || wanted.id === given?.id) return;
  throw new SignalboxError(
    'model-invalid',
    given === null
      ? `The triage model reads texts through the embedding model ${wanted.id}; name its folder with EMBEDDING_MODEL.`
      : `The triage model was trained with the embedding model ${wanted.id}, EMBEDDING_MODEL is ${given.id}. Train again, or name that one.`,
  );
}

interface Limits {
  readonly milliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One vector a text, or none at all for models that do without.
 *
 * @param limits `milliseconds` is the most that may be waited for, no limit unless said; `signal` gives up before.
 * @throws SignalboxError what the embedding model says; `embedder-closed` when it has not answered in time; the
 *   reason of `signal`.
 */
export async function embedTexts(
  model: TriageModel,
  embedder: TextEmbedder | null,
  texts: readonly string[],
  { milliseconds, signal: outer }: Limits = {},
): Promise<Float32Array[]> {
  requireSameEmbedder(model, embedder);
  if (model.embedder === null || embedder === null) return [];
  const { dimension } = embedder;
  const vectors =
    milliseconds === undefined
      ? await embedder.embed(texts, outer === undefined ? {} : { signal: outer })
      : await withinTime(milliseconds, outer, (signal) => embedder.embed(texts, { signal }));
  return texts.map((_, i) => vectors.subarray(i * dimension, (i + 1) * dimension));
}

async function withinTime<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const words = `The embedding model has not answered within ${milliseconds / 1000} s. If it happens again, name a smaller one.`;
  const timer = setTimeout(() => control.abort(new SignalboxError('embedder-closed', words)), milliseconds);
  try {
    return await work(outer === undefined ? control.signal : AbortSignal.any([control.signal, outer]));
  } finally {
    clearTimeout(timer);
  }
}
