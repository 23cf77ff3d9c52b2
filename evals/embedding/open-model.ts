import { existsSync } from 'node:fs';
import { openOnnxEmbedder, type TextEmbedder } from '../../src/platform/index.ts';

/** Where package and model lie; both are made outside the repository (docs/embeddings.md says how). */
export const modelOptions = {
  model: { type: 'string', default: '' },
  package: { type: 'string' },
  weights: { type: 'string', default: 'full' },
  batch: { type: 'string', default: '4' },
  threads: { type: 'string', default: '1' },
} as const;

export interface ModelValues {
  readonly model: string;
  readonly package?: string | undefined;
  readonly weights: string;
  readonly batch: string;
  readonly threads: string;
}

/** null with a word on stdout where there is no model to measure. */
export async function openModel(values: ModelValues, change: { batch?: number } = {}): Promise<TextEmbedder | null> {
  if (!existsSync(values.model)) {
    console.log(JSON.stringify({ skipped: 'No folder of an embedding model was named (--model FOLDER).' }));
    return null;
  }
  return openOnnxEmbedder({
    folder: values.model,
    weights: values.weights === 'quantised' ? 'quantised' : 'full',
    batch: change.batch ?? Number(values.batch),
    threads: Number(values.threads),
    ...(values.package === undefined ? {} : { packageFolder: values.package }),
  });
}
