import { wilsonInterval } from '../ml/index.ts';
import type { ModelFigures } from '../triage/index.ts';
import { count, percent, table } from './figures.ts';

const share = (value: number) => value.toFixed(3);

/** How a model does, as a person reads it. Shares come with the rows they were measured on. */
export function describeFigures(figures: ModelFigures): string {
  const right = Math.round(figures.accuracy * figures.rows);
  const { low, high } = wilsonInterval(right, figures.rows);
  const overall = [
    ['accuracy', share(figures.accuracy), `95 % interval ${share(low)} to ${share(high)}, n = ${count(figures.rows)}`],
    ['macro-F1', share(figures.macroF1), `mean over ${figures.classes.length} categories`],
    ['calibration', share(figures.calibration), 'expected calibration error: confidence against how often it is right'],
    ...figures.coverage.map((c) => [
      `confidence ≥ ${c.from}`,
      share(c.accuracy),
      `right, in ${percent(c.share)} of the rows`,
    ]),
    ...scopeRows(figures),
    ...urgencyRows(figures),
  ];
  const classes = [
    ['category', 'precision', 'recall', 'F1', 'rows'],
    ...figures.classes.map((c) => [c.label, share(c.precision), share(c.recall), share(c.f1), count(c.support)]),
  ];
  return `${table(overall, 'left')}\n${table(classes)}${confusions(figures)}`;
}

function scopeRows({ outOfScopeRows, caughtOutOfScope, lostInScope }: ModelFigures): string[][] {
  const lost = ['abstains wrongly', share(lostInScope), 'of the rows that have a category'];
  if (outOfScopeRows === 0) return [lost];
  return [['abstains rightly', share(caughtOutOfScope), `of ${count(outOfScopeRows)} rows out of scope`], lost];
}

function urgencyRows({ urgency }: ModelFigures): string[][] {
  if (urgency === null) return [];
  const order = urgency.spearman === null ? '–' : share(urgency.spearman);
  return [['urgency', order, `Spearman's correlation; mean absolute error ${share(urgency.meanAbsoluteError)}`]];
}

/** The five pairs that are mixed up most. */
function confusions({ classes, confusion }: ModelFigures): string {
  const pairs = confusion.flatMap((row, t) =>
    row.map((n, p) => ({ n, t, p })).filter(({ n, t, p }) => t !== p && n > 0),
  );
  const worst = pairs.sort((a, b) => b.n - a.n).slice(0, 5);
  if (worst.length === 0) return '';
  const rows = worst.map(({ n, t, p }) => [`${classes[t]!.label} taken for ${classes[p]!.label}`, count(n)]);
  return `\n${table([['mixed up most', 'rows'], ...rows])}`;
}
