import { loadModelFile } from '../open-triage-model.ts';
import { type Config, openOnnxEmbedder } from '../platform/index.ts';
import { openEmbeddingServer } from '../semantic-index.ts';
import { embeddingOf } from '../starter.ts';
import { variantNamed } from '../triage/index.ts';
import type { Check } from './doctor-checks.ts';

const name = 'embedding model';

/** The embedding model, opened as the start opens it; nothing where none is needed. It is never fetched. */
export async function checkEmbedding(config: Config): Promise<Check[]> {
  const wanted = neededBy(config);
  if (wanted === null) return [];
  if (config.EMBEDDING_MODEL === undefined) {
    // For a variant, the check of the model has said so.
    if (config.MODEL_FILE === undefined) return [];
    const detail = `The model of MODEL_FILE reads texts through ${wanted.id}; name its folder with EMBEDDING_MODEL.`;
    return [{ name, status: 'problem', detail }];
  }
  try {
    const embedder = await openOnnxEmbedder({ ...embeddingOf(config), allowRemote: false });
    const { id, dimension, maxTokens } = embedder;
    await embedder.close();
    if (wanted.id !== null && wanted.id !== id) {
      const detail = `EMBEDDING_MODEL is ${id}, the model of MODEL_FILE was trained with ${wanted.id}. Name that one, or train again.`;
      return [{ name, status: 'problem', detail }];
    }
    return [{ name, status: 'ok', detail: `${id}, vectors of ${dimension} numbers, reads ${maxTokens} tokens` }];
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return config.EMBEDDING_REMOTE && !words.includes('npm install')
      ? [{ name, status: 'attention', detail: `${config.EMBEDDING_MODEL} is fetched from the hub at the next start.` }]
      : [{ name, status: 'problem', detail: words }];
  }
}

/** What the search by meaning reads with; a server is asked for one vector. */
export async function checkSemantic(config: Config): Promise<Check> {
  const { EMBEDDING_PROVIDER: provider } = config;
  if (provider === 'none') return found('ok', 'none: the knowledge is searched by words only');
  if (provider === 'builtin') return found('ok', 'builtin: learns from the knowledge, nothing is downloaded');
  try {
    const signal = AbortSignal.timeout(10_000);
    const embedder = await (provider === 'onnx'
      ? openOnnxEmbedder({ ...embeddingOf(config), allowRemote: false }, { signal })
      : openEmbeddingServer(config, signal));
    const { id, dimension } = embedder;
    await embedder.close();
    return found('ok', `${provider}: ${id}, vectors of ${dimension} numbers`);
  } catch (error) {
    return found('problem', `${provider}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const found = (status: Check['status'], detail: string): Check => ({ name: 'search model', status, detail });

/** null where no embedding model is needed; a model that is there wants the very one it was trained with. */
function neededBy(config: Config): { readonly id: string | null } | null {
  if (config.MODEL_FILE === undefined)
    return variantNamed(config.MODEL_VARIANT).input === 'embedding' ? { id: null } : null;
  try {
    const { embedder } = loadModelFile(config.MODEL_FILE);
    return embedder === null ? null : { id: embedder.id };
  } catch {
    // The check of the model has named it.
    return null;
  }
}
