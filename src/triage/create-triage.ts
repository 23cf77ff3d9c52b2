import type { TextEmbedder } from '../platform/index.ts';
import type { Intent, Language, Taxonomy, TriageVerdict } from '../ticket/index.ts';
import { findCategory } from '../ticket/index.ts';
import { assessText } from './assess-text.ts';
import { classify } from './classify.ts';
import { embedTexts, requireSameEmbedder } from './embed-texts.ts';
import { findExamples, type SimilarTicket } from './examples.ts';
import { findPersonReasons } from './person-reasons.ts';
import { priorityOf } from './priority.ts';
import { TopicReader, type TopicShare } from './topics-reader.ts';
import { type TriageModel, ticketText } from './triage-model.ts';
import { blendUrgency } from './urgency-cues.ts';

export interface TextToTriage {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
}

/** What a message is: category, urgency, sentiment and signals; 0.1 ms for 100 words without an embedding model. */
export interface Triage {
  readonly variant: string;
  readonly version: string;
  readonly categories: readonly string[];
  assess(text: TextToTriage): Promise<TriageVerdict>;
  /** In the order of the texts; an embedding model reads them in batches, until `signal` gives them up. */
  assessAll(texts: readonly TextToTriage[], options?: { readonly signal?: AbortSignal }): Promise<TriageVerdict[]>;
  /** What a text is about, by topics found among the training tickets; at most three, the largest first. */
  topicsOf(text: Pick<TextToTriage, 'subject' | 'body'>): TopicShare[];
  /** The training tickets most like a text, at most three; none unless the model compares with them. */
  examplesOf(text: Pick<TextToTriage, 'subject' | 'body'>): SimilarTicket[];
  /**
   * What can be said when the model fails: urgency, sentiment and signals are read as ever; the category is the
   * first of the taxonomy, without confidence and abstained, so that a person sorts the ticket. Never throws.
   */
  assessWithoutModel(text: TextToTriage): TriageVerdict;
  /** Why the newest assessment failed; null when it did not. */
  failure(): string | null;
}

/**
 * Milliseconds after which an embedding model that has not answered hangs: calls wait for one another, and a minute is
 * a thousand texts on a busy core (docs/embeddings.md); more for each text of a call.
 */
const patience = { call: 60_000, text: 200 } as const;

/**
 * `model` must have been trained on categories of `taxonomy`, and with `embedder` if it names one.
 * @throws SignalboxError `model-invalid` when the embedding model is not the one it was trained with
 */
export function createTriage(model: TriageModel, taxonomy: Taxonomy, embedder: TextEmbedder | null = null): Triage {
  requireSameEmbedder(model, embedder);
  const topics = model.topics === null ? null : new TopicReader(model.topics);
  let failure: string | null = null;
  const embed = async (texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> => {
    try {
      const milliseconds = patience.call + patience.text * texts.length;
      const vectors = await embedTexts(model, embedder, texts, { milliseconds, signal });
      failure = null;
      return vectors;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };
  const assessAll: Triage['assessAll'] = async (texts, { signal } = {}) => {
    const read = texts.map(({ subject, body }) => ticketText(subject, body));
    const vectors = await embed(read, signal);
    return texts.map((text, i) => verdictOf(model, taxonomy, text, vectors[i] ?? null));
  };
  return {
    variant: model.variant,
    version: model.version,
    categories: model.classes,
    assess: async (text) => (await assessAll([text]))[0]!,
    assessAll,
    topicsOf: ({ subject, body }) => topics?.read(`${subject}\n${body}`) ?? [],
    examplesOf: ({ subject, body }) => findExamples(model, ticketText(subject, body)),
    assessWithoutModel: (text) => verdictWithoutModel(taxonomy, text),
    failure: () => failure,
  };
}

function verdictWithoutModel(taxonomy: Taxonomy, text: TextToTriage): TriageVerdict {
  const { cues, sentiment, signals } = assessText(text);
  const { name, department } = taxonomy.categories[0]!;
  const urgencyScore = blendUrgency(null, cues);
  return {
    category: name,
    department,
    intent: 'unknown',
    confidence: 0,
    abstained: true,
    alternatives: [],
    urgencyScore,
    priority: priorityOf(urgencyScore),
    urgencyCues: cues.words,
    categoryCues: [],
    sentiment: sentiment.label,
    signals,
    personReasons: findPersonReasons(text),
    modelUsed: 'none',
    modelVersion: 'none',
  };
}

function verdictOf(
  model: TriageModel,
  taxonomy: Taxonomy,
  text: TextToTriage,
  vector: Float32Array | null,
): TriageVerdict {
  const found = classify(model, ticketText(text.subject, text.body), vector);
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
    modelUsed: model.variant,
    modelVersion: model.version,
  };
}
