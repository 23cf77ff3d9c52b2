/** A tall dense matrix, row by row: entry (r, i) is values[r·width + i]. */
export interface DenseBlock {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** BᵀB, width × width, symmetric. O(rows · width²); four rows at a time, so that each sum is loaded once for four. */
export function gram({ rows, width, values }: DenseBlock): Float64Array {
  const sums = new Float64Array(width * width);
  let r = 0;
  for (; r + 3 < rows; r += 4) {
    const p = r * width;
    const q = p + width;
    const s = q + width;
    const t = s + width;
    for (let i = 0; i < width; i++) {
      const a = values[p + i]!;
      const b = values[q + i]!;
      const c = values[s + i]!;
      const d = values[t + i]!;
      const at = i * width;
      for (let j = i; j < width; j++) {
        sums[at + j] =
          sums[at + j]! + a * values[p + j]! + b * values[q + j]! + c * values[s + j]! + d * values[t + j]!;
      }
    }
  }
  for (; r < rows; r++) {
    const p = r * width;
    for (let i = 0; i < width; i++) {
      const a = values[p + i]!;
      for (let j = i; j < width; j++) sums[i * width + j] = sums[i * width + j]! + a * values[p + j]!;
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) sums[i * width + j] = sums[j * width + i]!;
  return sums;
}

/**
 * B·M with M of width × columns, row by row. `out` may be B's own memory when M is square or narrower, since each
 * row is read before it is written. O(rows · width · columns).
 */
export function multiplyRight(block: DenseBlock, right: Float64Array, columns: number, out: Float32Array): void {
  const { rows, width, values } = block;
  const sum = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    sum.fill(0);
    const at = r * width;
    let i = 0;
    for (; i + 3 < width; i += 4) {
      const a = values[at + i]!;
      const b = values[at + i + 1]!;
      const c = values[at + i + 2]!;
      const d = values[at + i + 3]!;
      const p = i * columns;
      const q = p + columns;
      const s = q + columns;
      const t = s + columns;
      for (let j = 0; j < columns; j++) {
        sum[j] = sum[j]! + a * right[p + j]! + b * right[q + j]! + c * right[s + j]! + d * right[t + j]!;
      }
    }
    for (; i < width; i++) {
      const a = values[at + i]!;
      for (let j = 0; j < columns; j++) sum[j] = sum[j]! + a * right[i * columns + j]!;
    }
    out.set(sum, r * columns);
  }
}
