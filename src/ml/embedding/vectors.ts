/** The vector at length 1; one that is nothing but rounding becomes 0. */
export function unitOf(vector: Float64Array): Float64Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares < 1e-12) return new Float64Array(vector.length);
  const factor = 1 / Math.sqrt(squares);
  return vector.map((value) => value * factor);
}

/** Takes the part along `direction` (length 1 or 0) out of the vector. */
export function removeDirection(vector: Float64Array, direction: Float32Array): void {
  let shared = 0;
  for (let i = 0; i < vector.length; i++) shared += vector[i]! * direction[i]!;
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! - shared * direction[i]!;
}
