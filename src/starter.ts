import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './paths.ts';
import { loadStarterModel, starterModelFile } from './starter-model.ts';
import type { Taxonomy } from './ticket/index.ts';
import type { TriageModel } from './triage/index.ts';

/** What comes with the program, in the folder starter/. */
export const readTaxonomy = (): Taxonomy =>
  JSON.parse(readFileSync(join(paths.starter, 'taxonomy.json'), 'utf8')) as Taxonomy;

const tickets = join(paths.starter, 'tickets.jsonl');

/** The file of the starter model, whether it is there or not. */
export const starterModelIn = (dataFolder: string): string => starterModelFile(dataFolder, tickets);

/** The starter model of the data folder; trained first where there is none (some seconds). */
export function openStarterModel(
  dataFolder: string,
  onProgress: (fraction: number, words: string) => void,
): Promise<TriageModel> {
  return loadStarterModel({ dataFolder, tickets, onProgress });
}
