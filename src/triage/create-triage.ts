import type { Intent, Language, Taxonomy, TriageVerdict } from '../ticket/index.ts';
import { findCategory } from '../ticket/index.ts';
import { assessText } from './assess-text.ts';
import { classify } from './classify.ts';
import { findPersonReasons } from './person-reasons.ts';
import { priorityOf } from './priority.ts';
import { type TriageModel, ticketText } from './triage-model.ts';
import { blendUrgency } from './urgency-cues.ts';

export interface TextToTriage {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
}

/** What a message is: category, urgency, sentiment and signals. Pure and quick (0.1 ms for 100 words). */
export interface Triage {
  readonly variant: string;
  readonly version: string;
  readonly categories: readonly string[];
  assess(text: TextToTriage): TriageVerdict;
}

/** `model` must have been trained on categories of `taxonomy`. */
export function createTriage(model: TriageModel, taxonomy: Taxonomy): Triage {
  const { variant } = model;
  return {
    variant,
    version: model.version,
    categories: model.classes,
    assess(text) {
      const found = classify(model, ticketText(text.subject, text.body));
      const { cues, sentiment, signals } = assessText(text);
      const definition = findCategory(taxonomy, found.category);
      if (definition === undefined)
        throw new Error(`the model knows a category that the taxonomy does not: ${found.category}`);
      const urgencyScore = blendUrgency(found.urgency, cues);
      // The model was trained on two languages: of a third one it knows nothing, whatever it says.
      const abstained = found.abstained || text.language === 'other';
      const intent: Intent = abstained ? 'unknown' : definition.intent;
      return {
        category: found.category,
        department: definition.department,
        intent,
        confidence: found.confidence,
        abstained,
        alternatives: found.alternatives.slice(0, 3),
        urgencyScore,
        priority: priorityOf(urgencyScore),
        urgencyCues: cues.words,
        categoryCues: found.cues,
        sentiment: sentiment.label,
        signals,
        personReasons: findPersonReasons(text),
        modelUsed: variant,
        modelVersion: model.version,
      };
    },
  };
}
