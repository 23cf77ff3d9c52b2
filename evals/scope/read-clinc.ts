import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isFirstHalf } from '../halves.ts';

export interface Utterance {
  readonly text: string;
  readonly intent: string;
}

export interface Clinc {
  readonly train: readonly Utterance[];
  /** In scope; means, deviations and thresholds are taken from these. */
  readonly calibration: readonly Utterance[];
  /** In scope; figures are of these. */
  readonly test: readonly Utterance[];
  readonly outOfScopeTrain: readonly Utterance[];
  readonly outOfScopeTest: readonly Utterance[];
}

/** clinc150 with its `val` part halved by a hash of the text; null where the file is absent. */
export function readClinc(file: string): Clinc | null {
  if (!existsSync(file)) return null;
  const parts = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, [string, string][]>;
  const rowsOf = (part: string): Utterance[] => (parts[part] ?? []).map(([text, intent]) => ({ text, intent }));
  const val = rowsOf('val');
  return {
    train: rowsOf('train'),
    calibration: val.filter(({ text }) => isFirstHalf(text)),
    test: val.filter(({ text }) => !isFirstHalf(text)),
    outOfScopeTrain: rowsOf('oos_train'),
    outOfScopeTest: rowsOf('oos_val'),
  };
}
