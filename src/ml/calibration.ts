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
 * calibration of modern neural networks, 2017): golden section over ln T in [1/20, 20], 60 evaluations.
 * Give it logits of rows that the model has not seen; on its own training rows it would sharpen.
 */
export function fitTemperature(data: LabelledLogits): number {
  if (data.targets.length === 0) return 1;
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(1 / 20);
  let high = Math.log(20);
  let a = high - ratio * (high - low);
  let b = low + ratio * (high - low);
  let atA = logLossAt(data, Math.exp(a));
  let atB = logLossAt(data, Math.exp(b));
  for (let i = 0; i < 58; i++) {
    if (atA <= atB) {
      [high, b, atB] = [b, a, atA];
      a = high - ratio * (high - low);
      atA = logLossAt(data, Math.exp(a));
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + ratio * (high - low);
      atB = logLossAt(data, Math.exp(b));
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

/** Expected calibration error in [0,1]: mean distance of confidence and accuracy over the bins, by their counts. */
export function expectedCalibrationError(confidences: ArrayLike<number>, right: ArrayLike<boolean>, bins = 15): number {
  if (confidences.length === 0) return 0;
  let error = 0;
  for (const bin of reliabilityBins(confidences, right, bins)) {
    error += (bin.count / confidences.length) * Math.abs(bin.confidence - bin.accuracy);
  }
  return error;
}
