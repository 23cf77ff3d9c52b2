/** How every room sees an embedding model. A remote one is wrapped with masking by wiring; this one stays here. */
export interface TextEmbedder {
  /** What made a vector: the name of the model and a hash of its files and settings. Vectors of two ids never mix. */
  readonly id: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Tokens of a text that are read; what stands behind them is cut off. */
  readonly maxTokens: number;
  /**
   * Row r of the result is the vector of text r, of length 1: the dot product of two rows is their cosine. The same
   * texts in the same call give the same bits; in another call a text may differ by about 1e-6, because the
   * padding of its batch does.
   *
   * @throws the reason of `signal` when it is aborted first (`AbortSignal.timeout` makes a time limit);
   *   SignalboxError `model-invalid` when the model fails, `embedder-closed` after `close`.
   */
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
  /** Frees the memory; what is still being embedded is refused with `embedder-closed`. May be called twice. */
  close(): Promise<void>;
}

export type Pooling = 'mean' | 'cls';

export interface OnnxEmbedderSettings {
  /** A folder as sentence-transformers writes it, with `onnx/model.onnx` inside. This or `model`. */
  readonly folder?: string;
  /** A name on the hub, `owner/name` or `owner/name@revision`; kept in `cacheFolder` once it is there. */
  readonly model?: string;
  readonly cacheFolder?: string;
  /** Without it nothing is ever asked of another machine. */
  readonly allowRemote?: boolean;
  /** The hub, when it is not the one that the package knows: a mirror, or a server of a test. */
  readonly remoteHost?: string;
  /** What `1_Pooling/config.json` says unless said; mean where there is none. */
  readonly pooling?: Pooling;
  /** What the model's files say unless said; never more than the model can read. */
  readonly maxTokens?: number;
  /** Texts in one run of the model; 4 unless said: larger ones took more time a text (docs/embeddings.md). */
  readonly batch?: number;
  /** Threads of one run; one fewer than the machine has unless said, so that the event loop keeps a core; 4 at most. */
  readonly threads?: number;
  /** `full` unless the folder has the 8-bit model alone. */
  readonly weights?: 'full' | 'quantised';
  /** Folder whose `node_modules` holds the optional package; Signalbox's own unless said. */
  readonly packageFolder?: string;
}
