import { readFileSync } from 'node:fs';
import { bootstrap, type Estimate, expectedCalibrationError, reportClasses } from '../../src/ml/index.ts';
import { type Classification, classify, type TriageModel } from '../../src/triage/index.ts';
import type { ForeignSet } from './read-foreign-data.ts';

/** `to`: a category (for `tickets` a department), "in scope", "out of scope", or null: no honest counterpart. */
interface Mapped {
  readonly to: string | null;
  readonly why: string;
}

const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const mapping: Readonly<Record<string, Readonly<Record<string, Mapped>>>> = readJson('./mapping.json');
const departments = new Map<string, string>(
  readJson('../../starter/taxonomy.json').categories.map((c: { name: string; department: string }) => [
    c.name,
    c.department,
  ]),
);

export interface Seen {
  readonly label: string;
  readonly language: string | undefined;
  /** What the label is to us; null is left out. */
  readonly truth: string | null;
  readonly found: Classification;
}

export function look(model: TriageModel, set: string, rows: ForeignSet): Seen[] | null {
  if (rows === null) return null;
  return rows.map(({ text, label, language }) => ({
    label,
    language,
    truth: mapping[set]?.[label]?.to ?? null,
    found: classify(model, text),
  }));
}

/** Confidence from which a ticket may be handled without a person. */
const sure = 0.75;

function estimate(rows: readonly Seen[], statistic: (rows: readonly Seen[]) => number): Estimate {
  const over = (drawn: readonly number[]) => statistic(drawn.map((i) => rows[i]!));
  return bootstrap(rows.length, over, { seed: 1, rounds: rows.length > 5000 ? 200 : 1000 });
}

function shareOf(rows: readonly Seen[], test: (row: Seen) => boolean): Estimate {
  return estimate(rows, (drawn) => drawn.filter(test).length / drawn.length);
}

const isSure = ({ found }: Seen): boolean => !found.abstained && found.confidence >= sure;

/** Accuracy and the like where the label has a counterpart. Abstained rows count as what they would have been. */
export function figuresOf(all: readonly Seen[], target: 'category' | 'department'): unknown {
  const rows = all.filter(({ truth }) => truth !== null);
  const guess = ({ found }: Seen): string =>
    target === 'category' ? found.category : (departments.get(found.category) ?? '');
  const isRight = (row: Seen): boolean => guess(row) === row.truth;
  const macroF1 = (drawn: readonly Seen[]): number =>
    meanF1(
      drawn.map(({ truth }) => truth!),
      drawn.map(guess),
    );
  return {
    rows: rows.length,
    leftOut: countBy(
      all.filter(({ truth }) => truth === null),
      ({ label }) => label,
    ),
    accuracy: shareOf(rows, isRight),
    macroF1: estimate(rows, macroF1),
    abstained: shareOf(rows, ({ found }) => found.abstained),
    calibrationError: expectedCalibrationError(rows.map(confidenceIn(target)), rows.map(isRight)),
    sure: {
      from: sure,
      share: shareOf(rows, isSure),
      accuracy: estimate(rows.filter(isSure), (drawn) => drawn.filter(isRight).length / drawn.length),
    },
    labels: perLabel(rows, guess, isRight),
  };
}

/** Over the classes that occur as truth: a class that only a wrong guess names is no class of this set. */
function meanF1(truth: readonly string[], guesses: readonly string[]): number {
  const classes = reportClasses(truth, guesses).classes.filter(({ support }) => support > 0);
  return classes.reduce((sum, { f1 }) => sum + f1, 0) / classes.length;
}

/** For a department: the probabilities of all its categories together. */
function confidenceIn(target: 'category' | 'department'): (row: Seen) => number {
  return ({ found }) => {
    if (target === 'category') return found.confidence;
    const home = departments.get(found.category);
    return found.alternatives
      .filter(({ category }) => departments.get(category) === home)
      .reduce((sum, { confidence }) => sum + confidence, found.confidence);
  };
}

function perLabel(rows: readonly Seen[], guess: (row: Seen) => string, isRight: (row: Seen) => boolean): unknown {
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const scored = labels.map((label) => {
    const own = rows.filter((row) => row.label === label);
    const wrong = countBy(
      own.filter((row) => !isRight(row)),
      guess,
    );
    return { label, should: own[0]!.truth, rows: own.length, accuracy: own.filter(isRight).length / own.length, wrong };
  });
  return scored.sort((a, b) => a.accuracy - b.accuracy);
}

/** Whether mails that no support desk needs to answer abstain, and requests do not. */
export function scopeOf(all: readonly Seen[]): unknown {
  const outside = all.filter(({ truth }) => truth === 'out of scope');
  const inside = all.filter(({ truth }) => truth === 'in scope');
  const abstains = ({ found }: Seen): boolean => found.abstained;
  return {
    outOfScope: {
      rows: outside.length,
      abstained: shareOf(outside, abstains),
      sure: shareOf(outside, isSure),
      abstainedByLabel: countBy(outside.filter(abstains), ({ label }) => label),
      rowsByLabel: countBy(outside, ({ label }) => label),
      otherwise: countBy(
        outside.filter((row) => !abstains(row)),
        ({ found }) => found.category,
      ),
    },
    inScope: { rows: inside.length, abstained: shareOf(inside, abstains) },
    leftOut: countBy(
      all.filter(({ truth }) => truth === null),
      ({ label }) => label,
    ),
  };
}

/** Where texts of another trade end up: better abstained or unsure than surely something. */
export function landingOf(all: readonly Seen[]): unknown {
  const rows = all.filter(({ truth }) => truth === null);
  return {
    rows: rows.length,
    abstained: shareOf(rows, ({ found }) => found.abstained),
    sure: shareOf(rows, isSure),
    surelyIn: countBy(rows.filter(isSure), ({ found }) => found.category),
    category: countBy(rows, ({ found }) => found.category),
  };
}

function countBy(rows: readonly Seen[], key: (row: Seen) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}
