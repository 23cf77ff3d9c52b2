import { expectedCalibrationError, reportClasses, rocAuc, softmaxInPlace, spearman } from '../ml/index.ts';
import type { LabelledTicket } from './train-classifier.ts';
import { type ScopeMethod, type ScopeModel, scopeScore, type TrainingMetrics } from './triage-model.ts';

/** What a model that has not seen the ticket says about it. */
export interface OutOfFoldRow {
  /** Place of the ticket in the training rows. */
  readonly at: number;
  readonly ticket: LabelledTicket;
  readonly classes: readonly string[];
  readonly logits: Float64Array;
  readonly scopeLogits: Float64Array | null;
  readonly urgency: number | null;
}

interface Guess {
  readonly category: string;
  readonly confidence: number;
}

function guessOf(row: OutOfFoldRow, temperature: number): Guess {
  const probabilities = row.logits.map((logit) => logit / temperature);
  softmaxInPlace(probabilities);
  let best = 0;
  for (let c = 1; c < probabilities.length; c++) if (probabilities[c]! > probabilities[best]!) best = c;
  return { category: row.classes[best]!, confidence: probabilities[best]! };
}

/** Scope scores of all rows, and how well they tell the two sides apart (NaN when one is empty). */
export function scoresBy(
  method: ScopeMethod,
  unseen: readonly OutOfFoldRow[],
  temperature: number,
): { readonly inScope: number[]; readonly outOfScope: number[]; readonly auc: number } {
  const inScope: number[] = [];
  const outOfScope: number[] = [];
  for (const row of unseen) {
    const { confidence } = guessOf(row, temperature);
    const score = scopeScore(method, { confidence, logits: row.logits, scopeLogits: row.scopeLogits });
    (row.ticket.category === null ? outOfScope : inScope).push(score);
  }
  return { inScope, outOfScope, auc: rocAuc(inScope, outOfScope) };
}

const coverageFrom = [0.55, 0.75];

export function measureTraining(
  unseen: readonly OutOfFoldRow[],
  temperature: number,
  scope: ScopeModel,
): TrainingMetrics {
  const inScope = unseen.filter((row) => row.ticket.category !== null);
  const guesses = inScope.map((row) => guessOf(row, temperature));
  const truth = inScope.map((row) => row.ticket.category!);
  const right = guesses.map((guess, i) => guess.category === truth[i]);
  const confidences = guesses.map((guess) => guess.confidence);
  const report = reportClasses(
    truth,
    guesses.map((guess) => guess.category),
  );
  const scores = scoresBy(scope.method, unseen, temperature);
  const below = (list: readonly number[]): number =>
    list.length === 0 ? 0 : list.filter((score) => score < scope.threshold).length / list.length;
  return {
    rows: inScope.length,
    outOfScopeRows: unseen.length - inScope.length,
    accuracy: report.accuracy,
    macroF1: report.macroF1,
    calibration: expectedCalibrationError(confidences, right),
    coverage: coverageFrom.map((from) => {
      const covered = right.filter((_, i) => confidences[i]! >= from);
      return {
        from,
        share: inScope.length === 0 ? 0 : covered.length / inScope.length,
        accuracy: covered.length === 0 ? 0 : covered.filter(Boolean).length / covered.length,
      };
    }),
    scopeAuc:
      scores.outOfScope.length === 0
        ? null
        : {
            probability: scoresBy('probability', unseen, temperature).auc,
            energy: scoresBy('energy', unseen, temperature).auc,
            'scope-logit': unseen.every((row) => row.scopeLogits !== null)
              ? scoresBy('scope-logit', unseen, temperature).auc
              : 0,
          },
    caughtOutOfScope: below(scores.outOfScope),
    lostInScope: below(scores.inScope),
    urgency: urgencyFigures(unseen),
  };
}

function urgencyFigures(unseen: readonly OutOfFoldRow[]): TrainingMetrics['urgency'] {
  const known = unseen.filter((row) => row.urgency !== null && typeof row.ticket.urgency === 'number');
  if (known.length === 0) return null;
  const predicted = known.map((row) => row.urgency!);
  const truth = known.map((row) => row.ticket.urgency!);
  const distance = predicted.reduce((sum, value, i) => sum + Math.abs(value - truth[i]!), 0);
  return { spearman: spearman(predicted, truth), meanAbsoluteError: distance / known.length };
}
