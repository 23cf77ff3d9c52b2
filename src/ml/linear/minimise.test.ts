import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './minimise.ts';

const ill = [1, 10, 100, 1000, 10_000];

const bowl: Objective = (x, gradient) => {
  let value = 0;
  ill.forEach((scale, i) => {
    gradient[i] = scale * (x[i]! - i);
    value += 0.5 * scale * (x[i]! - i) ** 2;
  });
  return value;
};

const banana: Objective = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!];
  gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
  gradient[1] = 200 * (b - a * a);
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
};

describe('minimise', () => {
  it('finds the bottom of a badly scaled bowl', () => {
    const found = minimise(bowl, new Float64Array(5), { tolerance: 1e-8, maxIterations: 200 });
    expect(found.converged).toBe(true);
    found.x.forEach((value, i) => {
      expect(value).toBeCloseTo(i, 7);
    });
  });

  it("finds the end of Rosenbrock's valley", () => {
    const found = minimise(banana, Float64Array.of(-1.2, 1), { tolerance: 1e-8, maxIterations: 200, memory: 5 });
    expect(found.x[0]).toBeCloseTo(1, 6);
    expect(found.iterations).toBeLessThan(80);
  });

  it('with another inner product it walks as in the coordinates that this product is plain in', () => {
    // x = y / √scale turns the bowl round: with ⟨a, b⟩ = Σ scale·a·b and the matching gradient one step is enough.
    const round: Objective = (x, gradient) => {
      const value = bowl(x, gradient);
      ill.forEach((scale, i) => {
        gradient[i] = gradient[i]! / scale;
      });
      return value;
    };
    const innerProduct = (a: Float64Array, b: Float64Array): number =>
      ill.reduce((sum, scale, i) => sum + scale * a[i]! * b[i]!, 0);
    const options = { tolerance: 1e-8, maxIterations: 100 };
    const found = minimise(round, new Float64Array(5), { ...options, innerProduct });
    expect(found.converged).toBe(true);
    expect(found.iterations).toBeLessThan(5);
    expect(minimise(bowl, new Float64Array(5), options).iterations).toBeGreaterThan(5);
  });

  it('leaves its start alone, stops at once where the slope is flat, and says when it ran out of steps', () => {
    const start = Float64Array.of(0, 1, 2, 3, 4);
    expect(minimise(bowl, start, { tolerance: 1e-8, maxIterations: 5 }).iterations).toBe(0);
    const far = new Float64Array(5);
    expect(minimise(bowl, far, { tolerance: 1e-8, maxIterations: 2 }).converged).toBe(false);
    expect([...far]).toEqual([0, 0, 0, 0, 0]);
  });
});
