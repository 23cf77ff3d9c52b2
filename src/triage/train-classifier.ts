import { setImmediate } from 'node:timers/promises';
import {
  type CsrMatrix,
  chooseAbstentionThreshold,
  defaultTextFeatures,
  fitTemperature,
  fitTextFeatures,
  type LinearState,
  LogisticRegression,
  type Outcome,
  Ridge,
  type RidgeState,
  selectRows,
  stratifiedGroupFolds,
  type TextFeatureSettings,
  type TextFeatures,
  TextVectoriser,
} from '../ml/index.ts';
import { SignalboxError } from '../ticket/index.ts';
import { saveTriageModel, sha256, versionOf } from './model-file.ts';
import { measureTraining, type OutOfFoldRow, scoresBy } from './training-metrics.ts';
import {
  type LabelledTicket,
  readyModel,
  type ScopeMethod,
  type ScopeModel,
  type TriageModel,
  ticketText,
} from './triage-model.ts';

export interface TrainingOptions {
  readonly seed: number;
  /** Folds for temperature, threshold and figures; 5 unless said. */
  readonly folds?: number;
  /** Called with the fraction done in [0,1] and what is being done. */
  readonly onProgress?: (fraction: number, words: string) => void;
  readonly settings?: Partial<TriageSettings>;
}

/** What was found by cross-validation on the training part of the starter tickets; see evals/classifier. */
export interface TriageSettings {
  readonly features: TextFeatureSettings;
  readonly c: number;
  readonly classWeight: 'none' | 'balanced';
  readonly scopeC: number;
  readonly ridgeAlpha: number;
  /** Share of in-scope rows that abstention may cost. */
  readonly maxLost: number;
}

export const defaultTriageSettings: TriageSettings = {
  features: { ...defaultTextFeatures, shortestWord: 1, characters: [2, 5] },
  c: 10,
  classWeight: 'balanced',
  scopeC: 10,
  ridgeAlpha: 1,
  maxLost: 0.05,
};

/** Fewer out-of-scope rows than this teach nothing about the rest of the world. */
const fewestOutOfScope = 20;

/**
 * Where the search stops. For 20,000 tickets of ten queues the looser one saves a third of the time and moves
 * macro-F1 by 0.002 at most; for the starter tickets the tighter one costs 0.6 s.
 */
function toleranceFor(rows: number): number {
  return rows > 5000 ? 1e-3 : 3e-4;
}

/**
 * Trains categories, confidence, abstention and urgency; 1,650 tickets took 3.8 s on a quiet core. Gives way to the
 * event loop between stages of up to 0.6 s: in a serving process run it in a worker thread, and hand the result
 * over with `saveTriageModel`. The same rows in the same order with the same seed give the same bytes.
 *
 * @throws SignalboxError `training-data` when there is nothing to learn from.
 */
export async function trainTriageModel(
  rows: readonly LabelledTicket[],
  options: TrainingOptions,
): Promise<TriageModel> {
  const settings = { ...defaultTriageSettings, ...options.settings };
  const labels = rows.map((row) => row.category ?? '');
  const folds = stratifiedGroupFolds(
    labels.map((label) => label || 'out of scope'),
    rows.map((row) => row.group ?? null),
    { folds: options.folds ?? 5, seed: options.seed },
  );
  const report = options.onProgress ?? (() => {});
  const stages = folds.length + 1;
  const unseen: OutOfFoldRow[] = [];
  for (const [i, fold] of folds.entries()) {
    report(i / stages, `checking on unseen tickets, part ${i + 1} of ${folds.length}`);
    await setImmediate();
    // With very few rows a part may know one category only; it can't check anything.
    if (new Set(fold.train.map((r) => labels[r]).filter(Boolean)).size < 2) continue;
    const fitted = await fitParts(pick(rows, fold.train), settings);
    unseen.push(...predictUnseen(fitted, pick(rows, fold.test)));
  }
  report(folds.length / stages, 'learning from all tickets');
  const fitted = await fitParts(rows, settings);
  const inScope = unseen.filter((row) => row.ticket.category !== null);
  const temperature = temperatureOf(inScope, fitted.categories.classes);
  const scope = chooseScope(unseen, temperature, fitted.scope, settings.maxLost);
  const metrics = measureTraining(unseen, temperature, scope);
  const { features, categories, urgency } = fitted;
  const dataHash = sha256(JSON.stringify(rows.map((r) => [r.subject, r.body, r.category, r.urgency ?? null])));
  const parts = { features, categories, temperature, scope, urgency, metrics, seed: options.seed, dataHash };
  report(1, 'done');
  return readyModel(parts, versionOf(saveTriageModel(parts)));
}

interface FittedParts {
  readonly features: TextFeatures;
  readonly categories: LinearState;
  readonly scope: LinearState | null;
  readonly urgency: RidgeState | null;
}

async function fitParts(rows: readonly LabelledTicket[], settings: TriageSettings): Promise<FittedParts> {
  const { features, matrix } = fitTextFeatures(
    rows.map((row) => ticketText(row.subject, row.body)),
    // In few rows most words stand once; dropping them would leave nothing to learn from.
    rows.length < 200 ? { ...settings.features, minDocuments: 1 } : settings.features,
  );
  await setImmediate();
  const inScope = rowsWhere(rows, (row) => row.category !== null);
  const tolerance = toleranceFor(rows.length);
  const regression = new LogisticRegression({ c: settings.c, classWeight: settings.classWeight, tolerance });
  const categories = accept(
    regression.fit(
      selectRows(matrix, inScope),
      inScope.map((r) => rows[r]!.category!),
    ),
  );
  await setImmediate();
  const scope = fitScope(rows, matrix, inScope.length, settings.scopeC);
  await setImmediate();
  return { features, categories, scope, urgency: fitUrgency(rows, matrix, settings.ridgeAlpha) };
}

function fitScope(rows: readonly LabelledTicket[], matrix: CsrMatrix, inScope: number, c: number): LinearState | null {
  if (rows.length - inScope < fewestOutOfScope) return null;
  const tolerance = toleranceFor(rows.length);
  const regression = new LogisticRegression({ c, classWeight: 'balanced', tolerance });
  return accept(
    regression.fit(
      matrix,
      rows.map((row) => (row.category === null ? 'out' : 'in')),
    ),
  );
}

function fitUrgency(rows: readonly LabelledTicket[], matrix: CsrMatrix, alpha: number): RidgeState | null {
  const known = rowsWhere(rows, (row) => typeof row.urgency === 'number');
  if (known.length === 0) return null;
  const targets = Float64Array.from(known, (r) => rows[r]!.urgency!);
  return accept(new Ridge({ alpha, tolerance: 1e-4 }).fit(selectRows(matrix, known), targets));
}

function predictUnseen(fitted: FittedParts, rows: readonly LabelledTicket[]): OutOfFoldRow[] {
  const matrix = new TextVectoriser(fitted.features).transform(rows.map((row) => ticketText(row.subject, row.body)));
  const regression = new LogisticRegression();
  const logits = regression.logits(fitted.categories, matrix);
  const scopeLogits = fitted.scope === null ? null : regression.logits(fitted.scope, matrix);
  const urgencies = fitted.urgency === null ? null : new Ridge().predict(fitted.urgency, matrix);
  const k = fitted.categories.classes.length;
  return rows.map((ticket, r) => ({
    ticket,
    classes: fitted.categories.classes,
    logits: logits.subarray(r * k, (r + 1) * k),
    scopeLogits: scopeLogits === null ? null : scopeLogits.subarray(2 * r, 2 * r + 2),
    urgency: urgencies === null ? null : Math.min(1, Math.max(0, urgencies[r]!)),
  }));
}

/** Rows whose fold knew another set of classes (one too rare for every fold) are left out. */
function temperatureOf(inScope: readonly OutOfFoldRow[], classes: readonly string[]): number {
  const usable = inScope.filter((row) => row.classes.length === classes.length);
  const logits = new Float64Array(usable.length * classes.length);
  usable.forEach((row, i) => {
    logits.set(row.logits, i * classes.length);
  });
  const targets = Int32Array.from(usable, (row) => classes.indexOf(row.ticket.category!));
  return fitTemperature({ logits, targets, classes: classes.length });
}

/** Keeps the method with the largest area under the ROC curve, and the threshold that costs at most `maxLost`. */
function chooseScope(
  unseen: readonly OutOfFoldRow[],
  temperature: number,
  classifier: LinearState | null,
  maxLost: number,
): ScopeModel {
  let best: { method: ScopeMethod; auc: number } = { method: 'probability', auc: 0 };
  for (const method of ['probability', 'energy', 'scope-logit'] as const) {
    if (method === 'scope-logit' && classifier === null) continue;
    const { auc } = scoresBy(method, unseen, temperature);
    if (auc > best.auc) best = { method, auc };
  }
  const { inScope, outOfScope } = scoresBy(best.method, unseen, temperature);
  // Without out-of-scope rows nothing is known about them: only a text without a known word abstains.
  const { threshold } = chooseAbstentionThreshold(outOfScope.length === 0 ? [] : inScope, outOfScope, maxLost);
  return { method: best.method, threshold, classifier: best.method === 'scope-logit' ? classifier : null };
}

function rowsWhere(rows: readonly LabelledTicket[], wanted: (row: LabelledTicket) => boolean): number[] {
  return rows.flatMap((row, r) => (wanted(row) ? [r] : []));
}

function pick<T>(items: readonly T[], at: readonly number[]): T[] {
  return at.map((i) => items[i]!);
}

function accept<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new SignalboxError('training-data', outcome.reason);
}
