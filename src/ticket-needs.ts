import type { Need } from './routing/index.ts';
import { findCategory, type Taxonomy, type TriageVerdict } from './ticket/index.ts';

/** What a ticket may be about, with the classifier's probabilities: of two agents who can both have it, it moves the choice. */
export function needsOf(triage: TriageVerdict, taxonomy: Taxonomy): Need[] {
  const { category, confidence, alternatives } = triage;
  return [{ category, confidence }, ...alternatives.filter((a) => a.category !== category)]
    .filter((n) => n.confidence > 0)
    .map((n) => ({
      category: n.category,
      department: findCategory(taxonomy, n.category)?.department ?? null,
      probability: n.confidence,
    }));
}
