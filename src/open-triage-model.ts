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

type Progress = (fraction: number, words: string) => void;

/** The model of MODEL_FILE, else the starter model of MODEL_VARIANT, trained first where there is none. */
export async function openTriageModel(
  config: StarterSettings & Pick<Config, 'MODEL_FILE'>,
  onProgress: Progress,
): Promise<OpenedModel> {
  const model =
    config.MODEL_FILE === undefined
      ? await openStarterModel(config, onProgress)
      : loadTriageModel(readModelFile(config.MODEL_FILE));
  if (model.embedder === null) return { model, embedder: null };
  const settings = embeddingOf(config);
  return { model, embedder: await openReopeningEmbedder(() => openOnnxEmbedder(settings)) };
}

/** @throws SignalboxError `model-invalid` with what to do */
export function readModelFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const words = code === 'ENOENT' ? `There is no model ${path}.` : `The model ${path} cannot be read (${code}).`;
    throw new SignalboxError(
      'model-invalid',
      `${words} Make one with: signalbox train FILE --label COLUMN --out PATH`,
      { cause: error },
    );
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
