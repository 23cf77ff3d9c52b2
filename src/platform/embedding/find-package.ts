import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SignalboxError } from '../../ticket/index.ts';

/** The version that was measured; docs/embeddings.md has the figures. */
export const packageVersion = '4.3.1';
const packageName = '@huggingface/transformers';

/** What is used of the optional package; its own types are absent where it is. */
export interface Tokeniser {
  encode(text: string, options?: { add_special_tokens?: boolean }): number[];
  readonly pad_token_id?: number | undefined;
}

interface Tensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface EmbeddingPackages {
  readonly transformers: {
    readonly env: {
      allowRemoteModels: boolean;
      useFSCache: boolean;
      readonly remoteHost: string;
      readonly remotePathTemplate: string;
    };
    readonly AutoTokenizer: { from_pretrained(folder: string, options: object): Promise<Tokeniser> };
  };
  readonly runtime: {
    readonly InferenceSession: { create(file: string, options: object): Promise<Session> };
    readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => Tensor;
  };
}

/**
 * Loads transformers.js and the ONNX runtime it brings: 0.5 s and some hundred megabytes of memory.
 *
 * @param from folder whose `node_modules` is looked in; that of Signalbox unless said.
 * @throws SignalboxError `package-missing` with the command that installs it.
 */
export async function loadPackages(from: string | undefined): Promise<EmbeddingPackages> {
  const look = createRequire(from === undefined ? import.meta.url : join(resolve(from), 'package.json'));
  let file: string;
  try {
    file = look.resolve(packageName);
  } catch (cause) {
    throw new SignalboxError('package-missing', howToInstall(from), { cause });
  }
  try {
    const transformers = await import(pathToFileURL(file).href);
    // The runtime itself, not AutoModel: a session takes any encoder, whatever its architecture is called.
    const runtime = createRequire(file)('onnxruntime-node');
    return { transformers, runtime };
  } catch (cause) {
    const words = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new SignalboxError(
      'package-missing',
      `The package ${packageName} is there and cannot be loaded (${words}). Install it anew: ${command(from)}`,
      { cause },
    );
  }
}

/**
 * The install script of onnxruntime-node fetches files that a CPU does not need, and fails off line: it is skipped.
 * `--no-save` keeps the lock file as it is; the next `npm ci` then removes the package, a folder of its own stays.
 */
function command(from: string | undefined): string {
  const where = from === undefined ? '--no-save' : `--prefix ${JSON.stringify(from)}`;
  return `npm install --ignore-scripts ${where} ${packageName}@${packageVersion}`;
}

function howToInstall(from: string | undefined): string {
  return (
    `Embedding models need the package ${packageName} (480 MB), which is not installed. ` +
    `Install it with: ${command(from)} (without --ignore-scripts the install of onnxruntime-node fails on a machine ` +
    'that is off line). Everything else works without it.'
  );
}
