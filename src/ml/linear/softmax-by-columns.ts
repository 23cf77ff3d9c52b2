import { gather, groupSize, scatter } from './class-groups.ts';
import { plainProduct } from './minimise.ts';
import { lossAndResiduals, type SoftmaxProblem, type SoftmaxSearch, sumResiduals } from './softmax-loss.ts';

/**
 * Weighted mean negative log likelihood of the softmax plus ½λ‖W‖² over the weights themselves. A point holds the
 * weights of three classes after another, so that each block is what the loops over entries want, then the intercepts:
 * [group · columns · 3 + column · 3 + i | b]. Classes that fill up the last block stay at zero.
 */
export function searchByColumns(problem: SoftmaxProblem): SoftmaxSearch {
  const { matrix, classes, penalty, unit } = problem;
  const block = matrix.columns * groupSize;
  const ofWeights = Math.ceil(classes / groupSize) * block;
  const residuals = new Float64Array(matrix.rows * classes);
  const eachBlock = (point: Float64Array, visit: (first: number, weights: Float64Array) => void): void => {
    for (let start = 0, first = 0; start < ofWeights; start += block, first += groupSize) {
      visit(first, point.subarray(start, start + block));
    }
  };
  return {
    size: ofWeights + classes,
    innerProduct: plainProduct,
    objective: (x, gradient) => {
      eachBlock(x, (first, weights) => gather(matrix, { point: residuals, classes, first }, weights));
      const loss = lossAndResiduals(problem, residuals, x.subarray(ofWeights), residuals);
      eachBlock(gradient, (first, weights) => scatter(matrix, { point: residuals, classes, first }, weights));
      sumResiduals(residuals, unit, gradient.subarray(ofWeights));
      let squares = 0;
      for (let i = 0; i < ofWeights; i++) {
        squares += x[i]! * x[i]!;
        gradient[i] = gradient[i]! + penalty * x[i]!;
      }
      return loss + 0.5 * penalty * squares;
    },
    weightsAt: (point) => {
      const weights = new Float64Array(matrix.columns * classes);
      eachBlock(point, (first, found) => {
        const width = Math.min(groupSize, classes - first);
        for (let c = 0; c < matrix.columns; c++) {
          for (let i = 0; i < width; i++) weights[c * classes + first + i] = found[c * groupSize + i]!;
        }
      });
      return { weights, intercepts: point.slice(ofWeights).map((b) => b * unit) };
    },
  };
}
