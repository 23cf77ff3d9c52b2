import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareOrderDetector } from './intake/index.ts';
import { paths } from './paths.ts';
import type { Config, OnnxEmbedderSettings } from './platform/index.ts';
import { loadStarterModel, starterModelFile } from './starter-model.ts';
import { SignalboxError, type Taxonomy } from './ticket/index.ts';
import { type TriageModel, variantNamed } from './triage/index.ts';

/** What comes with the program, in the folder starter/. */
export const readTaxonomy = (): Taxonomy =>
  JSON.parse(readFileSync(join(paths.starter, 'taxonomy.json'), 'utf8')) as Taxonomy;

const tickets = join(paths.starter, 'tickets.jsonl');

/** The settings that a starter model depends on. */
export type StarterSettings = Pick<Config, 'dataFolder' | 'MODEL_VARIANT' | 'EMBEDDING_MODEL' | 'EMBEDDING_REMOTE'>;

/** The detector of orders to the machine: half a second at the very first start, or when the starter changed. */
export const prepareOrders = ({ dataFolder }: Pick<Config, 'dataFolder'>): void =>
  prepareOrderDetector({ starter: paths.starter, cacheFolder: join(dataFolder, 'models') });

const starterOf = (settings: StarterSettings) => ({
  dataFolder: settings.dataFolder,
  tickets,
  variant: settings.MODEL_VARIANT,
  embedding: variantNamed(settings.MODEL_VARIANT).input === 'embedding' ? embeddingOf(settings) : null,
});

/** The file of the starter model, whether it is there or not. */
export const starterModelIn = (settings: StarterSettings): string => starterModelFile(starterOf(settings));

/** The starter model of the data folder; trained first where there is none, or `anew` (some seconds). */
export function openStarterModel(
  settings: StarterSettings,
  onProgress: (fraction: number, words: string) => void,
  anew = false,
): Promise<TriageModel> {
  return loadStarterModel({ ...starterOf(settings), onProgress, anew });
}

/** @throws SignalboxError `config-invalid` when no embedding model is named */
export function embeddingOf({ dataFolder, EMBEDDING_MODEL, EMBEDDING_REMOTE }: StarterSettings): OnnxEmbedderSettings {
  if (EMBEDDING_MODEL === undefined)
    throw new SignalboxError(
      'config-invalid',
      'The variant transformer reads texts through an embedding model: name the folder of one with EMBEDDING_MODEL, or choose another MODEL_VARIANT.',
    );
  return EMBEDDING_REMOTE
    ? { model: EMBEDDING_MODEL, cacheFolder: join(dataFolder, 'embedding-models'), allowRemote: true }
    : { folder: EMBEDDING_MODEL };
}
