/** Value at `x`; writes the gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Stops when the gradient is not longer than this. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Pairs of steps remembered; each costs two vectors. */
  readonly memory?: number;
  /** The inner product in which length and slope are measured; the plain one when absent. */
  readonly innerProduct?: InnerProduct;
}

export type InnerProduct = (a: Float64Array, b: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5) with a backtracking
 * line search that also asks for the curvature condition. For smooth convex functions. Deterministic.
 * Memory: (2·memory + 4) vectors of x's length.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  const n = start.length;
  const dot = options.innerProduct ?? plainProduct;
  const history = new StepHistory(n, options.memory ?? 10, dot);
  let x = start.slice();
  let next = new Float64Array(n);
  let gradient = new Float64Array(n);
  let nextGradient = new Float64Array(n);
  const direction = new Float64Array(n);
  let value = objective(x, gradient);
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    if (Math.sqrt(dot(gradient, gradient)) <= options.tolerance)
      return { x, value, iterations: iteration, converged: true };
    history.descend(gradient, direction);
    const slope = dot(gradient, direction);
    const point = { x, value, slope, direction, first: iteration === 0, dot };
    const found = searchLine(objective, point, next, nextGradient);
    if (found === null) return { x, value, iterations: iteration, converged: false };
    history.remember(x, next, gradient, nextGradient);
    [x, next] = [next, x];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = found;
  }
  return {
    x,
    value,
    iterations: options.maxIterations,
    converged: Math.sqrt(dot(gradient, gradient)) <= options.tolerance,
  };
}

interface LineStart {
  readonly x: Float64Array;
  readonly value: number;
  readonly slope: number;
  readonly direction: Float64Array;
  readonly first: boolean;
  readonly dot: InnerProduct;
}

/** Bisection for the weak Wolfe conditions (sufficient decrease 1e-4, curvature 0.9); null when no step helps. */
function searchLine(objective: Objective, start: LineStart, next: Float64Array, gradient: Float64Array): number | null {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let step = start.first ? Math.min(1, 1 / Math.sqrt(-start.slope)) : 1;
  let best: number | null = null;
  for (let attempt = 0; attempt < 30; attempt++) {
    for (let i = 0; i < next.length; i++) next[i] = start.x[i]! + step * start.direction[i]!;
    const value = objective(next, gradient);
    if (!(value <= start.value + 1e-4 * step * start.slope)) {
      high = step;
      best = null;
    } else if (start.dot(gradient, start.direction) < 0.9 * start.slope) {
      low = step;
      best = value;
    } else {
      return value;
    }
    step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return best;
}

/** The remembered steps s and gradient changes y in a ring. */
class StepHistory {
  private readonly steps: Float64Array[] = [];
  private readonly changes: Float64Array[] = [];
  private readonly products: number[] = [];
  private readonly memory: number;
  private readonly size: number;
  private readonly dot: InnerProduct;

  constructor(size: number, memory: number, innerProduct: InnerProduct) {
    this.size = size;
    this.memory = memory;
    this.dot = innerProduct;
  }

  remember(x: Float64Array, next: Float64Array, gradient: Float64Array, nextGradient: Float64Array): void {
    const full = this.steps.length === this.memory;
    const s = full ? this.steps.shift()! : new Float64Array(this.size);
    const y = full ? this.changes.shift()! : new Float64Array(this.size);
    if (full) this.products.shift();
    for (let i = 0; i < s.length; i++) {
      s[i] = next[i]! - x[i]!;
      y[i] = nextGradient[i]! - gradient[i]!;
    }
    const product = this.dot(s, y);
    if (!(product > 0)) return;
    this.steps.push(s);
    this.changes.push(y);
    this.products.push(product);
  }

  /** direction = -H·gradient by the two-loop recursion. */
  descend(gradient: Float64Array, direction: Float64Array): void {
    const pairs = this.steps.length;
    const alphas = new Float64Array(pairs);
    for (let i = 0; i < gradient.length; i++) direction[i] = -gradient[i]!;
    for (let p = pairs - 1; p >= 0; p--) {
      alphas[p] = this.dot(this.steps[p]!, direction) / this.products[p]!;
      addScaled(direction, this.changes[p]!, -alphas[p]!);
    }
    if (pairs > 0) {
      const newest = this.changes[pairs - 1]!;
      const factor = this.products[pairs - 1]! / this.dot(newest, newest);
      for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * factor;
    }
    for (let p = 0; p < pairs; p++) {
      const beta = this.dot(this.changes[p]!, direction) / this.products[p]!;
      addScaled(direction, this.steps[p]!, alphas[p]! - beta);
    }
  }
}

export function plainProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * source[i]!;
}
