export interface NearestRow {
  readonly row: number;
  readonly similarity: number;
  /** How much of a place among the k the row has: less than 1 only where equals share the last places. */
  readonly share: number;
}

/**
 * The k rows of the largest positive similarity, descending, equals by row. Rows as similar as the last one all come,
 * and share the places that are left, so that the order of rows decides nothing. O(rows + found · log found).
 */
export function nearestRows(similarities: Float64Array, k: number): NearestRow[] {
  const least = similarityAt(similarities, k);
  const found: { row: number; similarity: number }[] = [];
  let above = 0;
  for (let row = 0; row < similarities.length; row++) {
    const similarity = similarities[row]!;
    if (similarity <= 0 || similarity < least) continue;
    if (similarity > least) above++;
    found.push({ row, similarity });
  }
  const share = Math.min(1, (k - above) / (found.length - above));
  found.sort((a, b) => b.similarity - a.similarity || a.row - b.row);
  return found.map((near) => ({ ...near, share: near.similarity > least ? 1 : share }));
}

/** The k-th largest positive number, or 0 when there are fewer. A heap of k with the least on top. */
function similarityAt(similarities: Float64Array, k: number): number {
  const heap = new Float64Array(k);
  for (let i = 0; i < similarities.length; i++) {
    const value = similarities[i]!;
    if (value > heap[0]!) replaceLeast(heap, value);
  }
  return heap[0]!;
}

function replaceLeast(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const child = left + 1 < heap.length && heap[left + 1]! < heap[left]! ? left + 1 : left;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
}
