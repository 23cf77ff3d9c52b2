import {
  type ClassScore,
  expectedCalibrationError,
  reportClasses,
  rocAuc,
  softmaxInPlace,
  spearman,
} from '../ml/index.ts';
import type { TextEmbedder } from '../platform/index.ts';
import { classify } from './classify.ts';
import { embedTexts } from './embed-texts.ts';
import {
  type LabelledTicket,
  type ModelFigures,
  type ScopeModel,
  type TrainingMetrics,
  type TriageModel,
  ticketText,
} from './triage-model.ts';

/** What a model that has not seen the ticket says about it, before the threshold is known. */
export interface OutOfFoldRow {
  /** Place among the rows of the training. */
  readonly row: number;
  readonly fold: number;
  readonly ticket: LabelledTicket;
  readonly classes: readonly string[];
  /** False when the fold's training rows lacked a class. */
  readonly complete: boolean;
  /** Logits of each member, in the order of `classes`. */
  readonly members: readonly Float64Array[];
  /** Pooled. */
  readonly logits: Float64Array;
  /** Signs of being in scope, as `signsOf` gives them. */
  readonly signs: readonly number[];
  /** Their blend. */
  readonly scopeScore: number;
  readonly urgency: number | null;
}

/** What a model says of a labelled ticket. */
export interface Guess {
  /** Place among the rows that were asked for. */
  readonly row: number;
  readonly ticket: LabelledTicket;
  readonly category: string;
  readonly confidence: number;
  readonly abstained: boolean;
  readonly urgency: number | null;
}

export function guessOf(found: OutOfFoldRow, { threshold }: ScopeModel): Guess {
  const { row, ticket, classes, logits, scopeScore, urgency } = found;
  const probabilities = logits.slice();
  softmaxInPlace(probabilities);
  let best = 0;
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
  const abstained = scopeScore < threshold;
  return { row, ticket, category: classes[best]!, confidence: probabilities[best]!, abstained, urgency };
}

export function measureTraining(unseen: readonly OutOfFoldRow[], scope: ScopeModel): TrainingMetrics {
  const figures = figuresOf(unseen.map((row) => guessOf(row, scope)));
  if (figures.outOfScopeRows === 0 || figures.rows === 0) return { ...figures, scopeAuc: null };
  const aucOf = (score: (row: OutOfFoldRow) => number): number => {
    const [inScope, outOfScope] = [true, false].map((inside) =>
      unseen.filter(({ ticket }) => (ticket.category !== null) === inside).map(score),
    );
    return rocAuc(inScope!, outOfScope!);
  };
  const learned = unseen.every(({ signs }) => signs.length > 3);
  return {
    ...figures,
    scopeAuc: {
      probability: aucOf(({ signs }) => signs[0]!),
      energy: aucOf(({ signs }) => signs[1]!),
      familiarity: aucOf(({ signs }) => signs[2]!),
      'scope-logit': learned ? aucOf(({ signs }) => signs[3]!) : null,
      blend: aucOf(({ scopeScore }) => scopeScore),
    },
  };
}

/**
 * What a finished model says of tickets; honest only for tickets it was not trained on. `embedder` is needed by models
 * that were trained with one.
 */
export async function guessTickets(
  model: TriageModel,
  rows: readonly LabelledTicket[],
  embedder: TextEmbedder | null = null,
): Promise<Guess[]> {
  const texts = rows.map(({ subject, body }) => ticketText(subject, body));
  const vectors = await embedTexts(model, embedder, texts);
  return rows.map((ticket, row) => {
    const { category, confidence, abstained, urgency } = classify(model, texts[row]!, vectors[row] ?? null);
    return { row, ticket, category, confidence, abstained, urgency };
  });
}

export async function evaluateTriageModel(
  model: TriageModel,
  rows: readonly LabelledTicket[],
  embedder: TextEmbedder | null = null,
): Promise<ModelFigures> {
  return figuresOf(await guessTickets(model, rows, embedder));
}

const coverageFrom = [0.55, 0.75];

export function figuresOf(guesses: readonly Guess[]): ModelFigures {
  const inScope = guesses.filter(({ ticket }) => ticket.category !== null);
  const outOfScope = guesses.filter(({ ticket }) => ticket.category === null);
  const right = inScope.map(({ ticket, category }) => category === ticket.category);
  const confidences = inScope.map(({ confidence }) => confidence);
  const report = reportClasses(
    inScope.map(({ ticket }) => ticket.category!),
    inScope.map(({ category }) => category),
  );
  return {
    rows: inScope.length,
    outOfScopeRows: outOfScope.length,
    accuracy: report.accuracy,
    macroF1: report.macroF1,
    calibration: expectedCalibrationError(confidences, right),
    classes: report.classes satisfies readonly ClassScore[],
    confusion: report.confusion,
    coverage: coverageFrom.map((from) => {
      const covered = right.filter((_, i) => confidences[i]! >= from);
      return { from, share: shareOf(covered, right), accuracy: shareOf(covered.filter(Boolean), covered) };
    }),
    caughtOutOfScope: shareOf(
      outOfScope.filter(({ abstained }) => abstained),
      outOfScope,
    ),
    lostInScope: shareOf(
      inScope.filter(({ abstained }) => abstained),
      inScope,
    ),
    urgency: urgencyFigures(guesses),
  };
}

function shareOf(part: readonly unknown[], whole: readonly unknown[]): number {
  return whole.length === 0 ? 0 : part.length / whole.length;
}

function urgencyFigures(guesses: readonly Guess[]): ModelFigures['urgency'] {
  const known = guesses.filter(({ urgency, ticket }) => urgency !== null && typeof ticket.urgency === 'number');
  if (known.length === 0) return null;
  const predicted = known.map(({ urgency }) => urgency!);
  const truth = known.map(({ ticket }) => ticket.urgency!);
  const distance = predicted.reduce((sum, value, i) => sum + Math.abs(value - truth[i]!), 0);
  const correlation = spearman(predicted, truth);
  return {
    // JSON knows no NaN; a constant side has no order to agree with.
    spearman: Number.isNaN(correlation) ? null : correlation,
    meanAbsoluteError: distance / known.length,
  };
}
