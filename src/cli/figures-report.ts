import type { ReportedClass, TriageReport } from '../triage/index.ts';
import { shortName } from './check-labels.ts';
import { count, percent, table } from './figures.ts';

const share = (value: number) => value.toFixed(3);

const within = ({ low, high }: { low: number; high: number }) => `95 % ${share(low)} to ${share(high)}`;

/** Rows of a table that fit a screen; the report has all. */
const mostClasses = 25;

/** Letters of a name, so that a line stays within 80 columns. */
const longestName = 30;

/** How a model does, as a person reads it at a terminal of 80 columns. */
export function describeReport(report: TriageReport): string {
  const classes = report.classes.slice(0, mostClasses);
  const hidden = report.classes.length - classes.length;
  const rows = [['category', 'precision', 'recall', 'F1', 'rows'], ...classes.map(classRow)];
  const more = hidden === 0 ? '' : `… and ${count(hidden)} more categories, in the report\n`;
  return `${headline(report)}\n${besideRandom(report)}${languages(report)}\n${table(rows)}${more}${confusions(report)}`;
}

const classRow = ({ label, precision, recall, f1, rows }: ReportedClass) => [
  shortName(label, longestName),
  share(precision),
  share(recall),
  share(f1),
  count(rows),
];

function headline(report: TriageReport): string {
  const { figures, intervals, majority, calibration, sureness } = report;
  const rows = [
    ['accuracy', share(figures.accuracy), `${within(intervals.accuracy)}, n = ${count(figures.rows)}`],
    ['  majority', share(majority.accuracy), `always saying ${JSON.stringify(shortName(majority.label, longestName))}`],
    ['macro-F1', share(figures.macroF1), `${within(intervals.macroF1)}, ${count(report.classes.length)} categories`],
    ['calibration error', share(calibration.equalMass.error), `${within(calibration.equalMass.interval)}, equal mass`],
    ['', share(calibration.equalWidth.error), 'bins of equal width'],
    ...sureness
      .filter(({ from }) => from === 0.6 || from === 0.8)
      .map((s) => [`confidence ≥ ${s.from}`, share(s.accuracy), `right, in ${percent(s.share)} of the rows`]),
    ...scopeRows(report),
    ...urgencyRows(report),
  ];
  return table(rows, 'left');
}

function scopeRows({ figures }: TriageReport): string[][] {
  const { outOfScopeRows, caughtOutOfScope, lostInScope } = figures;
  const lost = ['abstains wrongly', share(lostInScope), 'of the rows that have a category'];
  if (outOfScopeRows === 0) return [lost];
  return [['abstains rightly', share(caughtOutOfScope), `of ${count(outOfScopeRows)} rows out of scope`], lost];
}

function urgencyRows({ figures: { urgency } }: TriageReport): string[][] {
  if (urgency === null) return [];
  const order = urgency.spearman === null ? '–' : share(urgency.spearman);
  return [['urgency', order, `Spearman's correlation; mean error ${share(urgency.meanAbsoluteError)}`]];
}

/** A random split is never shown alone. */
function besideRandom({ randomSplit, figures, calibration }: TriageReport): string {
  if (randomSplit === null) return '';
  const rows = [
    ['', 'by group', 'random split'],
    ['accuracy', share(figures.accuracy), share(randomSplit.accuracy)],
    ['macro-F1', share(figures.macroF1), share(randomSplit.macroF1)],
    ['calibration error', share(calibration.equalMass.error), share(randomSplit.calibration)],
  ];
  return `${table(rows)}The difference is memory, not skill.\n\n`;
}

const languageNames = { en: 'English', de: 'German', other: 'other' } as const;

function languages({ languages: found }: TriageReport): string {
  const rows = found.map((l) => [
    languageNames[l.language],
    share(l.accuracy),
    share(l.majority.accuracy),
    share(l.macroF1),
    share(l.majority.macroF1),
    count(l.rows),
  ]);
  return table([['language', 'accuracy', '(majority)', 'macro-F1', '(majority)', 'rows'], ...rows]);
}

/** The five pairs that are mixed up most. */
function confusions({ mixedUp }: TriageReport): string {
  if (mixedUp.length === 0) return '';
  const rows = mixedUp
    .slice(0, 5)
    .map(({ expected, found, rows }) => [
      `${shortName(expected, longestName)} taken for ${shortName(found, longestName)}`,
      count(rows),
    ]);
  return `\n${table([['mixed up most', 'rows'], ...rows])}`;
}
