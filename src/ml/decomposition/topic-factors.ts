import type { CsrMatrix } from '../sparse.ts';
import { type RelationLimits, relateColumns, spreadRows } from './column-relations.ts';
import { gram } from './dense-block.ts';
import { factorise, type NmfOptions, type NmfState } from './nmf.ts';
import { multiplyBlock } from './sparse-block.ts';

export interface TopicFactors {
  /** H, columns × rank: how strongly a column belongs to a topic. The topic that explains most comes first. */
  readonly components: Float32Array;
  /** S·H: with `products`, what `NmfWeigher` needs to weigh rows that were not spread. */
  readonly projection: NmfState;
  /** HᵀH. */
  readonly products: Float64Array;
}

const usualLimits: RelationLimits = { leastTogether: 3, leastNpmi: 0.15 };

/**
 * Topics of short texts: non-negative factors of X·S, where S lets a word stand for those that go with it. Texts
 * of twenty words share too few for X itself, whose topics are single words with hangers-on. (Viegas and others 2019
 * spread words by embeddings, CluWords; here by what the texts themselves say. Figures: evals/topics.)
 *
 * X must not be negative. S is symmetric, so a new row x has the targets x·S·H: spreading it is not needed.
 */
export function findTopicFactors(matrix: CsrMatrix, options: NmfOptions, limits = usualLimits): TopicFactors {
  const relations = relateColumns(matrix, limits);
  const { state, weights } = factorise(spreadRows(matrix, relations), options);
  const { rank, columns } = state;
  const components = byStrength(state, weights);
  const projected = new Float32Array(components.length);
  multiplyBlock(relations, components, rank, projected);
  return {
    components,
    projection: { rank, columns, components: projected },
    products: gram({ rows: columns, width: rank, values: components }),
  };
}

/** H with its topics in the order of ‖weights‖·‖H‖, strongest first. */
function byStrength({ rank, columns, components }: NmfState, weights: Float32Array): Float32Array {
  const lengthOf = (values: Float32Array, k: number): number => {
    let squares = 0;
    for (let i = k; i < values.length; i += rank) squares += values[i]! ** 2;
    return Math.sqrt(squares);
  };
  const strengths = Array.from({ length: rank }, (_, k) => lengthOf(weights, k) * lengthOf(components, k));
  const order = strengths.map((_, k) => k).sort((a, b) => strengths[b]! - strengths[a]! || a - b);
  const sorted = new Float32Array(components.length);
  for (let c = 0; c < columns; c++) {
    for (let k = 0; k < rank; k++) sorted[c * rank + k] = components[c * rank + order[k]!]!;
  }
  return sorted;
}
