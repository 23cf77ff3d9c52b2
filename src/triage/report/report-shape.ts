import type { ReliabilityBin } from '../../ml/index.ts';
import type { Language, Variant } from '../../ticket/index.ts';
import type { ModelFigures } from '../triage-model.ts';

/** Raised when a field of report.json changes its meaning or goes. */
export const reportVersion = 1;

/** 95 %, by group bootstrap. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export interface ReportedClass {
  readonly label: string;
  /** Rows that truly have the label, of those measured. */
  readonly rows: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f1Interval: Bounds;
}

export interface LanguageScore {
  /** As detected in each text, never what a column says. */
  readonly language: Language;
  readonly rows: number;
  readonly accuracy: number;
  readonly accuracyInterval: Bounds;
  readonly macroF1: number;
  readonly macroF1Interval: Bounds;
  /** What always naming the most frequent category of the language would reach. */
  readonly majority: { readonly label: string; readonly accuracy: number; readonly macroF1: number };
}

export interface LeakFigures {
  /** Rows of one part that have a near-twin among the other parts, of those looked at. */
  readonly rows: number;
  readonly checked: number;
  readonly share: number;
}

/** What rephrasings of one ticket do to the figures. */
export interface TwinFigures {
  /** Cosine of word vectors from which two texts are near-twins. */
  readonly cosine: number;
  /** `column`: groups were given; `near-twins`: found by clustering. */
  readonly groupsBy: 'column' | 'near-twins';
  /** The effective number of tickets. */
  readonly groups: number;
  readonly largestGroup: number;
  /** Rows that are alone in their group. */
  readonly single: number;
  /** Rows of groups so large that only closer texts were kept together. */
  readonly tightened: number;
  /** Null in an evaluation: nothing is split. */
  readonly leaks: { readonly random: LeakFigures; readonly byGroup: LeakFigures } | null;
}

export interface ReportData {
  /** Its name without folders. */
  readonly file: string;
  readonly sha256: string;
  /** Labelled rows of the file, before any were drawn. */
  readonly labelled: number;
  /** Rows that were used. */
  readonly rows: number;
  readonly badRows: number;
  /** Rows without a label, or whose label is mapped to nothing. */
  readonly leftOut: number;
}

export interface Calibration {
  /** Expected calibration error over 15 bins of equal mass: the headline. */
  readonly equalMass: {
    readonly error: number;
    readonly interval: Bounds;
    readonly bins: readonly ReliabilityBin[];
  };
  /** Over 15 bins of equal width, as most papers have it. */
  readonly equalWidth: { readonly error: number; readonly bins: readonly ReliabilityBin[] };
}

/** report.json. Holds no clock time: two runs give the same bytes. */
export interface TriageReport {
  readonly report: typeof reportVersion;
  readonly kind: 'training' | 'evaluation';
  readonly model: {
    readonly variant: Variant;
    readonly version: string;
    readonly bytes: number;
    readonly categories: number;
    readonly embedder: string | null;
    readonly seed: number;
    readonly dataHash: string;
    readonly pool: { readonly temperatures: number[]; readonly weights: number[]; readonly biases: number[] };
    readonly scope: { readonly method: string; readonly threshold: number | null };
  };
  readonly data: ReportData;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly balance: readonly { readonly label: string; readonly rows: number; readonly share: number }[];
  readonly twins: TwinFigures;
  readonly figures: Omit<ModelFigures, 'confusion' | 'classes' | 'calibration'>;
  readonly intervals: { readonly accuracy: Bounds; readonly macroF1: Bounds };
  /** Always naming the most frequent category. */
  readonly majority: LanguageScore['majority'];
  /** The same training with parts drawn row by row; only ever shown beside the figures by group. */
  readonly randomSplit: { readonly accuracy: number; readonly macroF1: number; readonly calibration: number } | null;
  readonly calibration: Calibration;
  /** By falling number of rows. */
  readonly classes: readonly ReportedClass[];
  /** Every pair that was mixed up, most rows first. */
  readonly mixedUp: readonly { readonly expected: string; readonly found: string; readonly rows: number }[];
  readonly languages: readonly LanguageScore[];
  /** What is left, and how often it is right, when only the surest are taken. */
  readonly sureness: readonly { readonly from: number; readonly share: number; readonly accuracy: number }[];
  readonly warnings: readonly string[];
}
