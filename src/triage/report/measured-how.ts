import { count, paragraphs, percent, plain, score, table } from './markdown-words.ts';
import type { LeakFigures, TriageReport } from './report-shape.ts';

/** The last part of report.md: for those who want to check the figures. */
export function measuredHow(report: TriageReport): string {
  return paragraphs(['## How this was measured', split(report), besideRandom(report), data(report), files]).trimEnd();
}

/** "1,024 of 2,000 rows have a near-twin (cosine ≥ 0.6) on the other side of a random split". */
export function leakWords({ rows, checked }: LeakFigures, cosine: number, side: string): string {
  return `${count(rows)} of ${count(checked)} rows have a near-twin (cosine ≥ ${cosine}) on the other side of ${side}`;
}

function split({ twins, figures, kind }: TriageReport): string {
  const by = twins.groupsBy === 'column' ? 'a column of the file' : 'clustering of near-twins';
  const groups = `The ${count(figures.rows + figures.outOfScopeRows)} tickets stand in ${count(twins.groups)} groups (by ${by}; the largest holds ${count(twins.largestGroup)}, ${count(twins.single)} are alone). That number is the effective size of the sample, and intervals are drawn by group.`;
  if (kind === 'evaluation' || twins.leaks === null) return groups;
  const { random, byGroup } = twins.leaks;
  const tightened =
    twins.tightened === 0
      ? ''
      : ` ${count(twins.tightened)} rows stood in a group too large to split and were kept together more loosely.`;
  return `${groups}\n\n${leakWords(random, twins.cosine, 'a random split')} (${percent(random.share)}): there a model is asked what it has read before. With groups kept together it is ${count(byGroup.rows)} of ${count(byGroup.checked)} (${percent(byGroup.share)}). Every figure above is by group.${tightened}`;
}

function besideRandom({ randomSplit, figures, calibration }: TriageReport): string | null {
  if (randomSplit === null) return null;
  const rows = [
    ['accuracy', score(figures.accuracy), score(randomSplit.accuracy)],
    ['macro-F1', score(figures.macroF1), score(randomSplit.macroF1)],
    ['calibration error', score(calibration.equalMass.error), score(randomSplit.calibration)],
  ];
  return `${table(['', 'by group', 'random split'], rows)}\n\nThe difference is memory, not skill: new tickets will do as the column "by group" says.`;
}

function data({ data: d, balance, settings, model }: TriageReport): string {
  const drawn = d.rows < d.labelled ? `, of which ${count(d.rows)} were drawn by group` : '';
  const largest = balance[0];
  const smallest = balance.at(-1);
  const sizes =
    largest === undefined || smallest === undefined
      ? ''
      : ` Largest category: ${plain(largest.label)} with ${count(largest.rows)} (${percent(largest.share)}); smallest: ${plain(smallest.label)} with ${count(smallest.rows)}.`;
  const set = Object.entries(settings).map(([name, value]) => `${plain(name)} ${plain(JSON.stringify(value))}`);
  return paragraphs([
    `Data: ${plain(d.file)}, ${count(d.labelled)} labelled rows${drawn}; ${count(d.badRows)} bad rows, ${count(d.leftOut)} without a label.${sizes} SHA-256 of the content: ${d.sha256}.`,
    `Model: ${model.version}, ${count(model.bytes)} bytes, seed ${model.seed}, SHA-256 of its training rows ${model.dataHash}.`,
    `Settings: ${set.join(', ')}.`,
  ]).trimEnd();
}

const files =
  'Files: report.json (every number of this page and more), confusion.svg, reliability.svg, misread.csv (texts of customers).';
