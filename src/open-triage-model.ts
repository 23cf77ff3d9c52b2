import { readFileSync } from 'node:fs';
import { type Config, openOnnxEmbedder, openReopeningEmbedder, type TextEmbedder } from './platform/index.ts';
import { embeddingOf, openStarterModel, type StarterSettings } from './starter.ts';
import { findCategory, SignalboxError, type Taxonomy } from './ticket/index.ts';
import { loadTriageModel, type TriageModel } from './triage/index.ts';

/** A model, and the embedding model that it reads texts through, if any; the latter is to be closed. */
export interface OpenedModel {
  readonly model: TriageModel;
  readonly embedder: TextEmbedder | null;
}

const howToMake = 'Make one with: signalbox train FILE --label COLUMN --out PATH';

type Progress = (fraction: number, words: string) => void;

/** The model of MODEL_FILE, else the starter model of MODEL_VARIANT, trained first where there is none. */
export async function openTriageModel(
  config: StarterSettings & Pick<Config, 'MODEL_FILE'>,
  onProgress: Progress,
): Promise<OpenedModel> {
  const model =
    config.MODEL_FILE === undefined ? await openStarterModel(config, onProgress) : loadModelFile(config.MODEL_FILE);
  // Of a model that needs an embedding model and has none, who uses it says so.
  if (model.embedder === null || config.EMBEDDING_MODEL === undefined) return { model, embedder: null };
  const settings = embeddingOf(config);
  const embedder = await openReopeningEmbedder(() => openOnnxEmbedder(settings));
  // Other files in the folder of EMBEDDING_MODEL: what the starter model learned from the old ones is worth nothing.
  if (config.MODEL_FILE === undefined && model.embedder.id !== embedder.id)
    return { model: await openStarterModel(config, onProgress, true), embedder };
  return { model, embedder };
}

/** @throws SignalboxError `model-invalid` that names the file, with what to do */
export function loadModelFile(path: string): TriageModel {
  const bytes = readModelFile(path);
  try {
    return loadTriageModel(bytes);
  } catch (error) {
    // What is whole by its checksum and yet cannot be put together was written by another version.
    const why =
      error instanceof SignalboxError ? error.message : `Its parts do not fit (${String(error)}). Train again.`;
    throw new SignalboxError('model-invalid', `The model ${path} cannot be used. ${why} ${howToMake}`, {
      cause: error,
    });
  }
}

function readModelFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const words = code === 'ENOENT' ? `There is no model ${path}.` : `The model ${path} cannot be read (${code}).`;
    throw new SignalboxError('model-invalid', `${words} ${howToMake}`, { cause: error });
  }
}

/** What a server routes by must be a category that has a department. @throws SignalboxError `model-invalid` */
export function requireKnownCategories(model: TriageModel, taxonomy: Taxonomy): void {
  const foreign = model.classes.filter((name) => findCategory(taxonomy, name) === undefined);
  if (foreign.length === 0) return;
  const ours = taxonomy.categories.map(({ name }) => name).join(', ');
  throw new SignalboxError(
    'model-invalid',
    `The model of MODEL_FILE knows categories that are none of ours: ${foreign.slice(0, 5).join(', ')}. Ours are ${ours}. Train again with labels mapped to these, or unset MODEL_FILE.`,
  );
}
