export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** n × n, row by row: column k belongs to values[k]; the columns are orthonormal. */
  readonly vectors: Float64Array;
}

const maxSweeps = 40;

/**
 * All eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5): slower than tridiagonal methods, but short, and accurate for small eigenvalues too.
 * O(n³) a sweep, about eight sweeps; n = 144 takes 0.1 s. The input is left alone.
 */
export function symmetricEigen(symmetric: Float64Array, n: number): SymmetricEigen {
  const a = symmetric.slice();
  // Rows of `rotations` are the eigenvectors while turning: two rows lie together in memory, two columns do not.
  const rotations = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    rotations[i * n + i] = 1;
    largest = Math.max(largest, Math.abs(a[i * n + i]!));
  }
  // Beside a zero on the diagonal nothing is ever relatively small; this much is rounding of the largest.
  const floor = largest * 1e-18;
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const entry = Math.abs(a[p * n + q]!);
        if (entry <= floor || entry <= 1e-15 * Math.sqrt(Math.abs(a[p * n + p]! * a[q * n + q]!))) continue;
        rotate(a, rotations, n, p, q);
        turned = true;
      }
    }
    if (!turned) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    for (let i = 0; i < n; i++) vectors[i * n + k] = rotations[from * n + i]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** Makes a[p,q] zero. */
function rotate(a: Float64Array, rotations: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  const app = a[p * n + p]!;
  const aqq = a[q * n + q]!;
  const theta = (aqq - app) / (2 * apq);
  const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  turnRows(a, n, p, q, cosine, sine);
  turnRows(rotations, n, p, q, cosine, sine);
  for (let k = 0; k < n; k++) {
    a[k * n + p] = a[p * n + k]!;
    a[k * n + q] = a[q * n + k]!;
  }
  a[p * n + p] = app - tangent * apq;
  a[q * n + q] = aqq + tangent * apq;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

function turnRows(m: Float64Array, n: number, p: number, q: number, cosine: number, sine: number): void {
  for (let k = 0, i = p * n, j = q * n; k < n; k++, i++, j++) {
    const x = m[i]!;
    const y = m[j]!;
    m[i] = cosine * x - sine * y;
    m[j] = sine * x + cosine * y;
  }
}
