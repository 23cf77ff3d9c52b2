import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answering, createAnswering, loadPrompts, loadTemplates } from './answering/index.ts';
import { paths } from './paths.ts';
import type { Config, LlmPort } from './platform/index.ts';
import { SignalboxError, type Taxonomy } from './ticket/index.ts';
import { entityNames, findEntities } from './triage/index.ts';

/**
 * Templates and prompts are read and tried here: a fault in them stops the start.
 * @throws SignalboxError `config-invalid` naming the variable or the file and what is wrong with it
 */
export function openAnswering(config: Config, taxonomy: Taxonomy, llm: LlmPort | null): Answering {
  const categories = taxonomy.categories.map((c) => c.name);
  const names = entityNames(taxonomy.names);
  const templates = ownFolder('TEMPLATES_PATH', config.TEMPLATES_PATH, 'the folder starter/templates');
  const prompts = ownFolder('PROMPTS_PATH', config.PROMPTS_PATH, 'the .md and .yaml files of src/answering/prompts');
  return createAnswering({
    templates: loadTemplates(templates ?? join(paths.starter, 'templates'), categories),
    prompts: loadPrompts(prompts, categories),
    llm,
    settings: { form: config.ANSWER_FORM, disclosure: config.AI_DISCLOSURE },
    findEntities: (text, language) => findEntities(text, { language, names }),
  });
}

function ownFolder(variable: string, given: string | undefined, original: string): string | undefined {
  if (given === undefined) return undefined;
  const folder = resolve(given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new SignalboxError(
    'config-invalid',
    `${variable} names ${folder}, which is no folder. Name a complete copy of ${original}, or unset it to use ours.`,
  );
}
