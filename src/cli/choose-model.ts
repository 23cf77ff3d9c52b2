import { type OpenedModel, openTriageModel } from '../open-triage-model.ts';
import type { Config } from '../platform/index.ts';
import { showProgress } from '../progress.ts';
import { type CategoryDefinition, findCategory, type Taxonomy } from '../ticket/index.ts';
import type { TriageModel } from '../triage/index.ts';

/** The model of `--model`: a file that `signalbox train` wrote; without one (or "starter") that of the configuration. */
export async function chooseModel(path: string | undefined, config: Config): Promise<OpenedModel> {
  const progress = showProgress();
  const chosen = path === undefined || path === 'starter' ? config : { ...config, MODEL_FILE: path };
  return openTriageModel(chosen, progress.update).finally(() => progress.end());
}

export interface FittedTaxonomy {
  readonly taxonomy: Taxonomy;
  /** Categories of the model that the taxonomy has not, and whose department nobody knows. */
  readonly foreign: ReadonlySet<string>;
  /** True when every category is one of ours, so that its tickets can be stored. */
  readonly ours: boolean;
}

/** A model of other labels has categories that the taxonomy lacks: label sets in it may tell their department. */
export function fitTaxonomy(taxonomy: Taxonomy, model: TriageModel): FittedTaxonomy {
  const foreign = new Set<string>();
  const added: CategoryDefinition[] = [];
  for (const name of model.classes) {
    if (findCategory(taxonomy, name) !== undefined) continue;
    const known = knownElsewhere(taxonomy, name);
    if (known === undefined) foreign.add(name);
    const { department, intent } = known ?? { department: 'Technical' as const, intent: 'general_question' as const };
    added.push({ name, name_de: name, department, intent, auto_resolve_threshold: 1 });
  }
  return {
    taxonomy: { ...taxonomy, categories: [...taxonomy.categories, ...added] },
    foreign,
    ours: added.length === 0,
  };
}

function knownElsewhere(taxonomy: Taxonomy, label: string): CategoryDefinition | undefined {
  for (const labels of Object.values(taxonomy.label_sets)) {
    const ours = labels[label];
    if (ours !== undefined) return findCategory(taxonomy, ours);
  }
  return undefined;
}
