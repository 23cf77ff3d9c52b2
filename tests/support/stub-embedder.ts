import type { TextEmbedder } from '../../src/platform/index.ts';

export interface StubEmbedder extends TextEmbedder {
  /** Texts that were embedded so far. */
  readonly read: readonly string[];
  /** Calls that were begun so far. */
  readonly calls: number;
  /** What the next calls do: answer, wait until this is resolved, or fail with this. */
  behave: { readonly until?: Promise<void>; readonly fail?: Error };
}

/** A text is the counts of its words, hashed into so many numbers: the same words are near, the same bits each time. */
export function stubEmbedder(id: string, dimension = 64): StubEmbedder {
  const read: string[] = [];
  const stub: StubEmbedder & { calls: number } = {
    calls: 0,
    id,
    dimension,
    maxTokens: 512,
    read,
    behave: {},
    async embed(texts, { signal } = {}) {
      stub.calls++;
      const { until, fail } = stub.behave;
      if (fail !== undefined) throw fail;
      if (until !== undefined) await unlessAborted(until, signal);
      read.push(...texts);
      const rows = new Float32Array(texts.length * dimension);
      for (const [i, text] of texts.entries()) rows.set(vectorOf(text, dimension), i * dimension);
      return rows;
    },
    close: async () => undefined,
  };
  return stub;
}

function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}

function vectorOf(text: string, dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)!) % 1_000_003;
    vector[hash % dimension]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((x) => x / length);
}
