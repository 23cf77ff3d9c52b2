export { balanceOf, measureReport, type ReportGiven } from './measure-report.ts';
export { leakWords } from './measured-how.ts';
export { type GroupedTickets, groupTickets } from './near-twins.ts';
export { type ReportFiles, reportFileNames, writeReportFiles } from './report-files.ts';
export type { LeakFigures, ReportData, ReportedClass, TriageReport, TwinFigures } from './report-shape.ts';
