/** Rows of small numbers as one byte each and one scale a row: a quarter of the memory, of the file and of the time to check it. */
export interface ByteRows {
  readonly width: number;
  /** Rows × width; 128 is 0. */
  readonly bytes: Uint8Array;
  /** By row: what a step of a byte is worth. */
  readonly scales: Float32Array;
}

const zero = 128;
const steps = 127;

export function toByteRows(values: Float32Array, width: number): ByteRows {
  const rows = values.length / width;
  const bytes = new Uint8Array(values.length).fill(zero);
  const scales = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    let largest = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(values[r * width + i]!));
    if (largest === 0) continue;
    scales[r] = largest / steps;
    for (let i = 0; i < width; i++)
      bytes[r * width + i] = zero + Math.round((values[r * width + i]! * steps) / largest);
  }
  return { width, bytes, scales };
}

/** sum += weight · row. O(width). */
export function addByteRow({ width, bytes, scales }: ByteRows, row: number, weight: number, sum: Float64Array): void {
  const factor = weight * scales[row]!;
  const at = row * width;
  for (let i = 0; i < width; i++) sum[i] = sum[i]! + factor * (bytes[at + i]! - zero);
}
