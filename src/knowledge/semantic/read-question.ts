import type { TextEmbedder } from '../../platform/index.ts';

/** Texts whose vectors are kept: one question is asked for in several languages, and again for its re-ranking. */
const mostKept = 64;
/** After so many failures in a row the model is left alone for a while: each would cost a ticket its whole patience. */
const failuresInRow = 3;
const restMs = 10_000;

export interface QuestionReader {
  /** The text's vector; null when the model fails or is late, or is left alone after failing. */
  read(text: string, signal: AbortSignal | undefined): Promise<Float32Array | null>;
  /** Why the last reading gave nothing; null after one that did. */
  failure(): string | null;
}

export function createQuestionReader(
  embedder: TextEmbedder,
  { patienceMs, now }: { readonly patienceMs: number; readonly now: () => number },
): QuestionReader {
  const kept = new Map<string, Promise<Float32Array>>();
  let failed: { readonly words: string; readonly times: number; readonly at: number } | null = null;

  /** The reading itself has no caller's signal: others may wait for the same text. */
  function vectorOf(text: string): Promise<Float32Array> {
    const known = kept.get(text);
    if (known !== undefined) {
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const reading = embedder.embed([text], { signal: AbortSignal.timeout(patienceMs) });
    kept.set(text, reading);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    reading.catch(() => kept.delete(text));
    return reading;
  }

  return {
    failure: () => failed?.words ?? null,
    async read(text, signal) {
      if (failed !== null && failed.times >= failuresInRow && now() - failed.at < restMs && !kept.has(text))
        return null;
      if (signal?.aborted) return null;
      try {
        const vector = await unlessAborted(vectorOf(text), signal);
        if (vector !== null) failed = null;
        return vector;
      } catch (error) {
        failed = { words: wordsOf(error, patienceMs), times: (failed?.times ?? 0) + 1, at: now() };
        return null;
      }
    },
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return work;
  const { promise, resolve } = Promise.withResolvers<null>();
  const giveUp = () => resolve(null);
  signal.addEventListener('abort', giveUp, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', giveUp));
}

function wordsOf(error: unknown, patienceMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `the embedding model took longer than ${patienceMs} ms`;
  return error instanceof Error ? error.message : String(error);
}
