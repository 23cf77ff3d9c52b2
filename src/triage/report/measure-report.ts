import {
  calibrationErrorOf,
  type Estimate,
  equalMassBins,
  type ResampledScores,
  reliabilityBins,
  resampleScores,
} from '../../ml/index.ts';
import { figuresOf, type Guess } from '../training-metrics.ts';
import type { LabelledTicket, ModelFigures, TriageModel } from '../triage-model.ts';
import { languageScores, majorityOf } from './language-scores.ts';
import {
  type Bounds,
  type Calibration,
  type ReportData,
  type ReportedClass,
  reportVersion,
  type TriageReport,
  type TwinFigures,
} from './report-shape.ts';
import { scoredRows } from './scored-rows.ts';

export interface ReportGiven {
  readonly kind: TriageReport['kind'];
  /** All rows, those that no part could check as well. */
  readonly tickets: readonly LabelledTicket[];
  /** What the model says of tickets that it has not seen. */
  readonly guesses: readonly Guess[];
  /** The same with parts drawn row by row; null when nobody asked. */
  readonly random: readonly Guess[] | null;
  readonly model: TriageModel;
  /** Of the model's file. */
  readonly bytes: number;
  readonly data: ReportData;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly twins: TwinFigures;
  readonly warnings: readonly string[];
  readonly seed: number;
}

const sureFrom = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Everything the report says, as numbers. 20,000 rows of 150 categories take 2 s. */
export function measureReport(given: ReportGiven): TriageReport {
  const { guesses, seed } = given;
  const { confusion, classes, calibration: _, ...figures } = figuresOf(guesses);
  const measured = guesses.filter(({ ticket }) => ticket.category !== null);
  const scored = scoredRows(measured);
  const drawn = resampleScores(scored, { seed });
  const labels = classes.map(({ label }) => label);
  return {
    report: reportVersion,
    kind: given.kind,
    model: describeModel(given),
    data: given.data,
    settings: given.settings,
    balance: balanceOf(given.tickets),
    twins: given.twins,
    figures,
    intervals: { accuracy: bounds(drawn.accuracy), macroF1: bounds(drawn.macroF1) },
    majority: majorityOf(measured),
    randomSplit: given.random === null ? null : besides(given.random),
    calibration: calibrationOf(measured, drawn),
    classes: classes.map((found, c) => reportedClass(found, drawn.f1[c]!)).sort(mostRowsFirst),
    mixedUp: mixedUp(labels, confusion),
    languages: languageScores(measured, seed),
    sureness: sureFrom.map((from) => {
      const sure = measured.filter(({ confidence }) => confidence >= from);
      return { from, share: shareOf(sure.length, measured.length), accuracy: rightShare(sure) };
    }),
    warnings: given.warnings,
  };
}

function describeModel({ model, bytes }: ReportGiven): TriageReport['model'] {
  const { temperatures, weights, biases } = model.pool;
  return {
    variant: model.variant,
    version: model.version,
    bytes,
    categories: model.classes.length,
    embedder: model.embedder?.id ?? null,
    seed: model.seed,
    dataHash: model.dataHash,
    pool: { temperatures: [...temperatures], weights: [...weights], biases: [...biases] },
    scope: {
      method: model.scope.method,
      threshold: Number.isFinite(model.scope.threshold) ? model.scope.threshold : null,
    },
  };
}

/** Rows of each category, most first; out of scope is none. */
export function balanceOf(tickets: readonly LabelledTicket[]): TriageReport['balance'] {
  const rows = new Map<string, number>();
  for (const { category } of tickets) if (category !== null) rows.set(category, (rows.get(category) ?? 0) + 1);
  const all = [...rows.values()].reduce((sum, n) => sum + n, 0);
  return [...rows]
    .map(([label, n]) => ({ label, rows: n, share: shareOf(n, all) }))
    .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
}

function besides(random: readonly Guess[]): TriageReport['randomSplit'] {
  const { accuracy, macroF1 } = figuresOf(random);
  const measured = random.filter(({ ticket }) => ticket.category !== null);
  return { accuracy, macroF1, calibration: calibrationErrorOf(equalMass(measured)) };
}

function calibrationOf(measured: readonly Guess[], drawn: ResampledScores): Calibration {
  const bins = equalMass(measured);
  const wide = reliabilityBins(...confidencesOf(measured));
  return {
    equalMass: { error: calibrationErrorOf(bins), interval: bounds(drawn.calibration), bins },
    equalWidth: { error: calibrationErrorOf(wide), bins: wide },
  };
}

const equalMass = (measured: readonly Guess[]) => equalMassBins(...confidencesOf(measured));

function confidencesOf(measured: readonly Guess[]): [confidences: number[], right: boolean[]] {
  return [measured.map(({ confidence }) => confidence), measured.map(isRight)];
}

function reportedClass({ label, support, precision, recall, f1 }: ModelFigures['classes'][number], drawn: Estimate) {
  const interval = Number.isNaN(drawn.low) ? { low: f1, high: f1 } : bounds(drawn);
  return { label, rows: support, precision, recall, f1, f1Interval: interval } satisfies ReportedClass;
}

const mostRowsFirst = (a: ReportedClass, b: ReportedClass) => b.rows - a.rows || (a.label < b.label ? -1 : 1);

function mixedUp(labels: readonly string[], confusion: ModelFigures['confusion']): TriageReport['mixedUp'] {
  const pairs = confusion.flatMap((row, t) =>
    row.flatMap((rows, p) => (t === p || rows === 0 ? [] : [{ expected: labels[t]!, found: labels[p]!, rows }])),
  );
  // The order of equals is that of the labels: sort keeps it.
  return pairs.sort((a, b) => b.rows - a.rows);
}

const isRight = ({ ticket, category }: Guess) => ticket.category === category;

const rightShare = (guesses: readonly Guess[]) => shareOf(guesses.filter(isRight).length, guesses.length);

const shareOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

const bounds = ({ low, high }: Estimate): Bounds => ({ low, high });
