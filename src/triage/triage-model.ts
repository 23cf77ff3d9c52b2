import {
  addLogits,
  blendLinear,
  type ClassScore,
  type CsrMatrix,
  columnsOf,
  denseRows,
  type FittedClassifier,
  type LinearState,
  type RidgeState,
  type ScopeBlend,
  type SparseRow,
  type Stacker,
  scopeSigns,
  stackedLogits,
  type TextFeatures,
  TextVectoriser,
} from '../ml/index.ts';
import type { Variant } from '../ticket/index.ts';
import type { TopicModel } from './topics.ts';

export interface LabelledTicket {
  readonly subject: string;
  readonly body: string;
  /** null: out of scope. Such rows are no class; they teach when to abstain. */
  readonly category: string | null;
  /** In [0,1]; without any, the model has no urgency and cues alone decide. */
  readonly urgency?: number | null;
  /** Rows of one group never stand on both sides of a split; each row its own when absent. */
  readonly group?: string | null;
}

/** How a text outside the taxonomy is noticed: several signs blended into one score (docs/triage-signals.md). */
export interface ScopeModel {
  readonly method: 'blend';
  readonly blend: ScopeBlend;
  /** Scores below it abstain. */
  readonly threshold: number;
  /** Two classes, "in" and "out"; null when too few training rows were out of scope. */
  readonly classifier: LinearState | null;
}

/** Signs that could be used alone, and the blend of them all: what each is worth stands in the metrics. */
export type ScopeSign = 'probability' | 'energy' | 'familiarity' | 'scope-logit' | 'blend';

/** How a model does on labelled tickets; `calibration` is the expected calibration error, shares are in [0,1]. */
export interface ModelFigures {
  readonly rows: number;
  readonly outOfScopeRows: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly calibration: number;
  readonly classes: readonly ClassScore[];
  /** confusion[t][p], in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
  /** Share of in-scope rows with at least this confidence, and how many of those are right. */
  readonly coverage: readonly { readonly from: number; readonly share: number; readonly accuracy: number }[];
  /** Share of out-of-scope rows, and of in-scope rows, that abstain. */
  readonly caughtOutOfScope: number;
  readonly lostInScope: number;
  /** Spearman's correlation and mean absolute error; null without urgencies on both sides. */
  readonly urgency: { readonly spearman: number | null; readonly meanAbsoluteError: number } | null;
}

/** Figures of the training, out of fold by group. */
export interface TrainingMetrics extends ModelFigures {
  /** Area under the ROC curve, in scope against out of it, by method; null without rows of both sides. */
  readonly scopeAuc: Readonly<Record<ScopeSign, number | null>> | null;
}

export interface EmbedderIdentity {
  /** As `TextEmbedder` says it: vectors of another one mean nothing to this model. */
  readonly id: string;
  readonly dimension: number;
}

export interface TriageModelParts {
  readonly variant: Variant;
  readonly features: TextFeatures;
  /** What tells the categories; their logits are pooled by `pool`, whose softmax is the calibrated probability. */
  readonly members: readonly FittedClassifier[];
  readonly pool: Stacker;
  /** The embedding model the members read a text through; null where they read its features. */
  readonly embedder: EmbedderIdentity | null;
  readonly scope: ScopeModel;
  readonly urgency: RidgeState | null;
  /** What the training tickets were about; null where they were too few to tell. */
  readonly topics: TopicModel | null;
  /** Of the tickets in scope, in their order: examples to explain by; null where no member keeps rows. */
  readonly excerpts: readonly string[] | null;
  readonly metrics: TrainingMetrics;
  readonly seed: number;
  /** SHA-256 of the training rows. */
  readonly dataHash: string;
}

/** A model ready for use. Holds scratch memory: one per thread. */
export interface TriageModel extends TriageModelParts {
  /** The categories, ascending. */
  readonly classes: readonly string[];
  readonly vectoriser: TextVectoriser;
  /** The linear members as one, for explanations; null where none is linear. */
  readonly linear: LinearState | null;
  /** First 12 digits of the hash of the saved file: the same parts always have the same version. */
  readonly version: string;
}

export function readyModel(parts: TriageModelParts, version: string): TriageModel {
  const { members, pool, features } = parts;
  const { classes } = members[0]!;
  return {
    ...parts,
    classes,
    linear: parts.embedder === null ? blendLinear(members, pool) : null,
    vectoriser: new TextVectoriser(features),
    version,
  };
}

/**
 * What the model reads of a ticket; training and serving use this one function. The subject counts twice:
 * macro-F1 0.902 against 0.888 (five folds by scenario over the 1,487 starter tickets for training); three times
 * is no better. A message without a subject is read as it is.
 */
export function ticketText(subject: string, body: string): string {
  return subject === '' ? body : `${subject}\n${subject}\n${body}`;
}

/**
 * Logits of the categories for one text; their softmax is the calibrated probability. `embedding` is needed by models
 * that name an embedder, one vector of its dimension.
 */
export function categoryLogits(model: TriageModel, row: SparseRow, embedding: Float32Array | null): Float64Array {
  if (model.embedder !== null && embedding === null) throw new Error('this model reads embeddings, and none was given');
  const matrix =
    model.embedder !== null && embedding !== null
      ? denseRows(embedding, model.embedder.dimension)
      : matrixOf(model, row);
  return stackedLogits(
    model.pool,
    model.members.map((member) => member.logits(matrix)),
  );
}

function matrixOf({ features }: TriageModel, { count, indices, values }: SparseRow): CsrMatrix {
  return { rows: 1, columns: columnsOf(features), indptr: Int32Array.of(0, count), indices, values };
}

/** What the model reads of a text, as a matrix of one row; good until it reads the next. */
export const rowMatrix = (model: TriageModel, text: string): CsrMatrix =>
  matrixOf(model, model.vectoriser.vectorise(text));

export function logitsOf(state: LinearState, row: SparseRow): Float64Array {
  const logits = Float64Array.from(state.intercepts);
  addLogits({ indices: row.indices, values: row.values, from: 0, to: row.count }, state.weights, logits);
  return logits;
}

/** Signs of a text being in scope, each higher for in scope; `scopeLogits` are those of in and out. */
export function signsOf(logits: Float64Array, familiarity: number, scopeLogits: Float64Array | null): number[] {
  return scopeSigns({
    logits,
    familiarity,
    scopeLogit: scopeLogits === null ? null : scopeLogits[0]! - scopeLogits[1]!,
  });
}
