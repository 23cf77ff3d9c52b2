import { provideModel } from './download-model.ts';
import { type EmbeddingPackages, loadPackages, type Session } from './find-package.ts';
import { identifyModel, inspectModelFolder, type ModelFolder, refuse } from './model-folder.ts';
import { normaliseRows, poolRows } from './pool-rows.ts';
import type { OnnxEmbedderSettings } from './port.ts';
import { TokenRowMaker, type TokenRows } from './token-rows.ts';

export interface LoadedModel {
  readonly id: string;
  readonly dimension: number;
  readonly maxTokens: number;
  /** Rows × dimension. Holds its thread: milliseconds for a short text, a second for a batch of long ones. */
  embed(texts: readonly string[]): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Inputs that every encoder export has some of; a model that asks for more is of another kind. */
const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids'];

/**
 * Finds, checks and loads a model; for a worker thread, as loading and running hold the thread.
 * @throws SignalboxError `package-missing` or `model-invalid`, each with what to do.
 */
export async function loadModel(settings: OnnxEmbedderSettings, threads: number): Promise<LoadedModel> {
  const packages = await loadPackages(settings.packageFolder);
  const { env } = packages.transformers;
  // Whatever is fetched is fetched by provideModel; the package itself neither asks the hub nor keeps a cache.
  env.allowRemoteModels = false;
  env.useFSCache = false;
  const hub = { host: settings.remoteHost ?? env.remoteHost, pathTemplate: env.remotePathTemplate };
  const { model: name } = settings;
  const folder = settings.folder ?? (await provideModel({ ...settings, model: name ?? '' }, hub));
  const model = inspectModelFolder({ ...settings, folder });
  const id = await identifyModel(model);
  const encoder = await Encoder.open(packages, model, threads);
  // A first text shows what the model gives, and takes the cost of the first run.
  const dimension = (await encoder.embed(['a'])).length;
  return {
    id,
    dimension,
    maxTokens: model.maxTokens,
    embed: (texts) => encoder.embed(texts),
    release: () => encoder.release(),
  };
}

class Encoder {
  readonly #model: ModelFolder;
  readonly #session: Session;
  readonly #tokens: TokenRowMaker;
  readonly #tensor: EmbeddingPackages['runtime']['Tensor'];

  private constructor(model: ModelFolder, session: Session, tokens: TokenRowMaker, packages: EmbeddingPackages) {
    this.#model = model;
    this.#session = session;
    this.#tokens = tokens;
    this.#tensor = packages.runtime.Tensor;
  }

  static async open(packages: EmbeddingPackages, model: ModelFolder, threads: number): Promise<Encoder> {
    const { AutoTokenizer } = packages.transformers;
    const tokeniser = await AutoTokenizer.from_pretrained(model.folder, { local_files_only: true }).catch((cause) => {
      throw refuse(model.folder, `tokenizer.json is damaged or of an unknown kind: ${firstLine(cause)}.`, cause);
    });
    // Threads that spin between runs would take the core from the server.
    const extra = { session: { intra_op: { allow_spinning: '0' } } };
    const session = await packages.runtime.InferenceSession.create(model.modelFile, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      logSeverityLevel: 4,
      extra,
    }).catch((cause) => {
      throw refuse(model.folder, `${model.modelFile} is damaged or no ONNX model: ${firstLine(cause)}.`, cause);
    });
    const foreign = session.inputNames.filter((input) => !knownInputs.includes(input));
    if (foreign.length > 0)
      throw refuse(model.folder, `It asks for ${foreign.join(', ')}: it is no text encoder; choose another model.`);
    return new Encoder(model, session, new TokenRowMaker(tokeniser, model.maxTokens), packages);
  }

  async embed(texts: readonly string[]): Promise<Float32Array> {
    const rows = this.#tokens.make(this.#model.lowerCase ? texts.map((text) => text.toLowerCase()) : texts);
    const given: Record<string, BigInt64Array> = {
      input_ids: rows.ids,
      attention_mask: rows.mask,
      token_type_ids: new BigInt64Array(rows.ids.length),
    };
    const feeds = this.#session.inputNames.map((name) => [name, this.#toTensor(given[name]!, rows)] as const);
    const outputs = await this.#session.run(Object.fromEntries(feeds));
    return this.#toVectors(outputs, rows);
  }

  #toTensor(data: BigInt64Array, { rows, width }: TokenRows): InstanceType<EmbeddingPackages['runtime']['Tensor']> {
    return new this.#tensor('int64', data, [rows, width]);
  }

  /** Token states are pooled here; a graph that gives vectors only has pooled them itself. */
  #toVectors(outputs: Awaited<ReturnType<Session['run']>>, { rows, width, mask }: TokenRows): Float32Array {
    const states = outputs['last_hidden_state'] ?? outputs['token_embeddings'];
    const output = states ?? outputs['sentence_embedding'];
    const dimension = output?.dims.at(-1);
    if (!(output?.data instanceof Float32Array) || dimension === undefined)
      throw refuse(
        this.#model.folder,
        `It gives ${this.#session.outputNames.join(', ')}; last_hidden_state in 32-bit floats is needed.`,
      );
    if (states === undefined) return normaliseRows(Float32Array.from(output.data), dimension);
    return poolRows({ rows, width, dimension, values: output.data, mask }, this.#model.pooling);
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.slice(0, 200);
}
