import { softmaxInPlace } from './linear/linear-logits.ts';

/** Logits of many rows, rows × classes, and the class of each row. */
export interface LabelledLogits {
  readonly logits: Float64Array;
  readonly targets: Int32Array;
  readonly classes: number;
}

/** Mean negative log likelihood of softmax(logits / temperature), in nats. */
export function logLossAt(data: LabelledLogits, temperature: number): number {
  const row = new Float64Array(data.classes);
  let loss = 0;
  for (let r = 0; r < data.targets.length; r++) {
    for (let c = 0; c < data.classes; c++) row[c] = data.logits[r * data.classes + c]! / temperature;
    const ofTarget = row[data.targets[r]!]!;
    loss += softmaxInPlace(row) - ofTarget;
  }
  return loss / data.targets.length;
}

/**
 * The temperature T > 0 by which logits are divided so that held-out log loss is least (Guo and others, On
 * calibration of modern neural networks, 2017): golden section over ln T in [1/20, 20], 60 evaluations. A prior of
 * ½(ln T)² beside the sum of the losses holds it near 1 where rows are few: ninety rows that are all right would
 * otherwise ask for certainty.
 * Give it logits of rows that the model has not seen; on its own training rows it would sharpen.
 */
export function fitTemperature(data: LabelledLogits): number {
  const rows = data.targets.length;
  if (rows === 0) return 1;
  const costAt = (logTemperature: number): number =>
    logLossAt(data, Math.exp(logTemperature)) + (0.5 * logTemperature ** 2) / rows;
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(1 / 20);
  let high = Math.log(20);
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let atA = costAt(a);
  let atB = costAt(b);
  for (let i = 0; i < 58; i++) {
    if (atA <= atB) {
      [high, b, atB] = [b, a, atA];
      a = high - ratio * (high - low);
      atA = costAt(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + ratio * (high - low);
      atB = costAt(b);
    }
  }
  return Math.exp((low + high) / 2);
}

export interface ReliabilityBin {
  /** Confidences in (from, to], the first bin from 0 inclusive. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Means over the bin; 0 where count is 0. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** Equal-width bins of confidence against how often it was right. */
export function reliabilityBins(
  confidences: ArrayLike<number>,
  right: ArrayLike<boolean>,
  bins = 15,
): ReliabilityBin[] {
  const counts = new Array<number>(bins).fill(0);
  const sums = new Array<number>(bins).fill(0);
  const hits = new Array<number>(bins).fill(0);
  for (let i = 0; i < confidences.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidences[i]! * bins) - 1));
    counts[bin]!++;
    sums[bin]! += confidences[i]!;
    if (right[i]) hits[bin]!++;
  }
  return counts.map((count, i) => ({
    from: i / bins,
    to: (i + 1) / bins,
    count,
    confidence: count === 0 ? 0 : sums[i]! / count,
    accuracy: count === 0 ? 0 : hits[i]! / count,
  }));
}

/**
 * Bins of as many rows each as the number allows, by rising confidence; rows of equal confidence share one, so that the
 * order of rows is of no account and there may be fewer bins than asked for. No bin is empty. O(n log n).
 */
export function equalMassBins(confidences: ArrayLike<number>, right: ArrayLike<boolean>, bins = 15): ReliabilityBin[] {
  const rows = confidences.length;
  const order = Array.from({ length: rows }, (_, i) => i).sort((a, b) => confidences[a]! - confidences[b]!);
  const found: ReliabilityBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.round((bin * rows) / bins);
    if (end <= start) continue;
    while (end < rows && confidences[order[end]!] === confidences[order[end - 1]!]) end++;
    let [sum, hits] = [0, 0];
    for (let i = start; i < end; i++) {
      sum += confidences[order[i]!]!;
      if (right[order[i]!]) hits++;
    }
    const count = end - start;
    const to = confidences[order[end - 1]!]!;
    found.push({ from: found.at(-1)?.to ?? 0, to, count, confidence: sum / count, accuracy: hits / count });
    start = end;
  }
  return found;
}

/** Mean distance of confidence and accuracy over bins, by their counts; in [0,1], 0 without rows. */
export function calibrationErrorOf(bins: readonly ReliabilityBin[]): number {
  const rows = bins.reduce((sum, { count }) => sum + count, 0);
  let error = 0;
  for (const bin of bins) if (bin.count > 0) error += (bin.count / rows) * Math.abs(bin.confidence - bin.accuracy);
  return error;
}

/** Expected calibration error in [0,1] over bins of equal width. */
export function expectedCalibrationError(confidences: ArrayLike<number>, right: ArrayLike<boolean>, bins = 15): number {
  return calibrationErrorOf(reliabilityBins(confidences, right, bins));
}
