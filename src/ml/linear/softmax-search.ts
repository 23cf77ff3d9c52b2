import { searchByColumns } from './softmax-by-columns.ts';
import { searchByRows } from './softmax-by-rows.ts';
import type { SoftmaxProblem, SoftmaxSearch } from './softmax-loss.ts';

/**
 * The same search over whichever point is shorter: weights of columns, or factors of rows with their logits. Few
 * tickets with many n-grams go by rows, many tickets with few by columns: 20,035 rows of 15,000 columns and ten
 * classes took 3.0 s by columns and 3.4 by rows, three classes 0.7 and 1.1 (processor).
 */
export function softmaxSearch(problem: SoftmaxProblem): SoftmaxSearch {
  const { rows, columns } = problem.matrix;
  return columns < 2 * rows ? searchByColumns(problem) : searchByRows(problem);
}
