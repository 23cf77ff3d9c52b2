import type { Guess } from '../training-metrics.ts';
import { drawConfusion } from './confusion-svg.ts';
import { writeMisread } from './misread-csv.ts';
import { drawReliability } from './reliability-svg.ts';
import type { TriageReport } from './report-shape.ts';
import { writeMarkdown } from './write-markdown.ts';

/** Names of the files of a report folder. */
export const reportFileNames = ['report.json', 'report.md', 'confusion.svg', 'reliability.svg', 'misread.csv'] as const;

export type ReportFiles = Readonly<Record<(typeof reportFileNames)[number], string>>;

/** The content of a report folder. The same report and guesses give the same bytes. */
export function writeReportFiles(
  report: TriageReport,
  guesses: readonly Guess[],
  fileRows: ArrayLike<number>,
): ReportFiles {
  return {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.md': writeMarkdown(report),
    'confusion.svg': drawConfusion(report),
    'reliability.svg': drawReliability(report),
    'misread.csv': writeMisread(guesses, fileRows),
  };
}
