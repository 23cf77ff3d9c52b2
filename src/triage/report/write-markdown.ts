import { variantNamed } from '../variants.ts';
import { count, escaped, outOf100, paragraphs, percent, plain, score, span, table } from './markdown-words.ts';
import { measuredHow } from './measured-how.ts';
import type { ReportedClass, TriageReport } from './report-shape.ts';

/** report.md: first what a support lead decides by, then where it errs, then how it was measured. */
export function writeMarkdown(report: TriageReport): string {
  return paragraphs([
    '# How far this model can be trusted',
    opening(report),
    inShort(report),
    report.warnings.length === 0
      ? null
      : `## Mind first\n\n${report.warnings.map((w) => `- ${escaped(w)}`).join('\n')}`,
    trusted(report),
    errs(report),
    sure(report),
    languagesOf(report),
    abstains(report),
    urgencyOf(report),
    measuredHow(report),
  ]);
}

function opening({ model, kind, figures, data }: TriageReport): string {
  const seen =
    kind === 'training'
      ? 'Every figure is of tickets that the model had not seen when it was asked.'
      : 'The figures are honest only if the model was not trained on these tickets.';
  return `Model ${model.version} (${model.variant}: ${variantNamed(model.variant).about}; ${model.categories} categories), measured on ${count(figures.rows)} tickets of ${plain(data.file)}. ${seen}`;
}

function inShort(report: TriageReport): string {
  const { figures, intervals, majority, sureness, calibration } = report;
  const { low, high } = intervals.accuracy;
  const surest = sureness.find(({ from }) => from === 0.8)!;
  const lines = [
    `- **Of 100 tickets it puts ${outOf100(figures.accuracy)} into the right category** (95 %: ${outOf100(low)} to ${outOf100(high)}). Always saying ${plain(majority.label)} would be right for ${outOf100(majority.accuracy)}.`,
    `- Where it is at least 80 % sure, in ${percent(surest.share)} of the tickets, ${surest.share === 0 ? 'there is nothing to say' : `it is right ${percent(surest.accuracy)} of the time`}.`,
    `- What it says of its own sureness is off by ${(100 * calibration.equalMass.error).toFixed(1)} points on average.`,
    `- All categories counted alike, large or small (macro-F1): ${score(figures.macroF1)} (95 %: ${span(intervals.macroF1)}).`,
  ];
  return `## In short\n\n${lines.join('\n')}`;
}

/** Fewer tickets than this say little about a category. */
const fewRows = 20;

const levels = [
  {
    title: 'Dependable',
    about: 'F1 at least 0.8',
    holds: (c: ReportedClass) => c.rows >= fewRows && c.f1 >= 0.8,
  },
  {
    title: 'With a look by a person',
    about: 'F1 from 0.5 to 0.8',
    holds: (c: ReportedClass) => c.rows >= fewRows && c.f1 >= 0.5 && c.f1 < 0.8,
  },
  { title: 'Not yet', about: 'F1 below 0.5', holds: (c: ReportedClass) => c.rows >= fewRows && c.f1 < 0.5 },
  {
    title: 'Too few tickets to tell',
    about: `fewer than ${fewRows} measured`,
    holds: (c: ReportedClass) => c.rows < fewRows,
  },
];

function trusted({ classes }: TriageReport): string {
  const parts = levels.flatMap(({ title, about, holds }) => {
    const found = classes.filter(holds);
    return found.length === 0 ? [] : [`**${title}** (${about})\n\n${classTable(found)}`];
  });
  return `## What it can be trusted with\n\n${parts.join('\n\n')}`;
}

function classTable(classes: readonly ReportedClass[]): string {
  const rows = classes.map((c) => [
    plain(c.label),
    percent(c.precision),
    percent(c.recall),
    score(c.f1),
    span(c.f1Interval),
    count(c.rows),
  ]);
  return table(['category', 'right when it says so', 'found of all', 'F1', '95 %', 'tickets'], rows);
}

const mostPairs = 15;

function errs({ mixedUp, classes }: TriageReport): string {
  const rowsOf = new Map(classes.map(({ label, rows }) => [label, rows]));
  const rows = mixedUp.slice(0, mostPairs).map(({ expected, found, rows: n }) => {
    const all = rowsOf.get(expected) ?? 0;
    return [plain(expected), plain(found), count(n), all === 0 ? '–' : percent(n / all)];
  });
  const pairs =
    rows.length === 0
      ? 'Nothing was mixed up.'
      : table(['the right category', 'what the model said', 'tickets', 'of the category'], rows);
  return `## Where it errs\n\n${pairs}\n\n![What was right and what the model said](confusion.svg)\n\nEvery misread ticket is in misread.csv, the surest mistakes first: look there for wrong labels before looking for a better model. **That file holds texts of customers; give it only to those who may read them.**`;
}

function sure({ sureness, calibration }: TriageReport): string {
  const rows = sureness.map(({ from, share, accuracy }) => [
    `at least ${Math.round(100 * from)} %`,
    percent(share),
    share === 0 ? '–' : percent(accuracy),
  ]);
  const { equalMass, equalWidth } = calibration;
  return `## How sure it is\n\n${table(['confidence', 'of the tickets', 'right'], rows)}\n\nExpected calibration error ${score(equalMass.error)} (95 %: ${span(equalMass.interval)}; ${equalMass.bins.length} bins of equal mass); ${score(equalWidth.error)} over 15 bins of equal width.\n\n![How often it is right, by how sure it says it is](reliability.svg)`;
}

const languageNames = { en: 'English', de: 'German', other: 'other' } as const;

function languagesOf({ languages }: TriageReport): string {
  const rows = languages.map((l) => [
    languageNames[l.language],
    `${score(l.accuracy)} (${span(l.accuracyInterval)})`,
    score(l.majority.accuracy),
    `${score(l.macroF1)} (${span(l.macroF1Interval)})`,
    score(l.majority.macroF1),
    count(l.rows),
  ]);
  const header = ['language', 'accuracy (95 %)', 'majority', 'macro-F1 (95 %)', 'majority', 'tickets'];
  return `## Languages\n\n${table(header, rows)}\n\nThe language is found in each text. "Majority" is what always naming the most frequent category of that language would reach.`;
}

function abstains({ figures, model }: TriageReport): string {
  const { outOfScopeRows, caughtOutOfScope, lostInScope } = figures;
  const rule =
    model.scope.threshold === null
      ? 'It never abstains by score.'
      : `It abstains where the score of its method "${model.scope.method}" is low.`;
  const caught =
    outOfScopeRows === 0
      ? 'No tickets outside all categories were given, so it is not known how many of those it would notice (--out-of-scope LABEL).'
      : `Of ${count(outOfScopeRows)} tickets that belong to no category it abstains from ${percent(caughtOutOfScope)}.`;
  return `## When it says "I do not know"\n\n${rule} ${caught} It abstains wrongly from ${percent(lostInScope)} of the tickets that have a category.`;
}

function urgencyOf({ figures }: TriageReport): string | null {
  const { urgency } = figures;
  if (urgency === null) return null;
  const order =
    urgency.spearman === null
      ? 'Its order cannot be compared: one side has the same urgency throughout.'
      : `Spearman's correlation with the given urgency is ${score(urgency.spearman)}.`;
  return `## Urgency\n\n${order} It is off by ${score(urgency.meanAbsoluteError)} on average, on a scale from 0 to 1.`;
}
