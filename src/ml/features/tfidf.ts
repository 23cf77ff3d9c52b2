/** Smooth inverse document frequency, ln((1+n)/(1+df)) + 1, as scikit-learn's TfidfTransformer has it. */
export function inverseDocumentFrequency(documentFrequency: Int32Array, documents: number): Float64Array {
  return Float64Array.from(documentFrequency, (df) => Math.log((1 + documents) / (1 + df)) + 1);
}

const tableSize = 256;
const dampened = Float64Array.from({ length: tableSize }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

/** 1 + ln(count), or the count itself; small counts come from a table since logarithms are half the cost. */
export function termWeight(count: number, sublinear: boolean): number {
  if (!sublinear) return count;
  return count < tableSize ? dampened[count]! : 1 + Math.log(count);
}
