import { canonicalOrder } from '../canonical-order.ts';
import type { FitOptions, SavedState, Section } from '../estimator.ts';
import { bindClassifier, type FittedClassifier, type SparseClassifier } from '../fitted-classifier.ts';
import { softmaxInPlace } from '../linear/linear-logits.ts';
import { findProblem, type LinearState, numberClasses } from '../linear/linear-state.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { type CsrMatrix, selectRows } from '../sparse.ts';
import { stratifiedGroupFolds } from '../splits.ts';
import { blendLinear } from './blend-linear.ts';
import { fitStacker, type Stacker, stackedLogits } from './stacker.ts';

export interface EnsembleState {
  readonly classes: readonly string[];
  readonly members: readonly FittedClassifier[];
  readonly stacker: Stacker;
}

export type MemberFactory = () => SparseClassifier<unknown>;

/** Loads a member by the kind in its header. */
export type MemberLoader = (saved: SavedState) => Outcome<FittedClassifier>;

/**
 * Several classifiers as one: members learn on all rows, how they are pooled (`fitStacker`) is learned from what
 * they say of rows they have not seen, by folds in which groups stay together. O(folds + 1) fits of each member.
 */
export class Ensemble implements SparseClassifier<EnsembleState> {
  readonly kind = 'ensemble';
  private readonly makeMembers: readonly MemberFactory[];
  private readonly loadMember: MemberLoader;
  private readonly folds: number;

  constructor(parts: { members: readonly MemberFactory[]; load: MemberLoader; folds?: number }) {
    this.makeMembers = parts.members;
    this.loadMember = parts.load;
    this.folds = parts.folds ?? 3;
  }

  fit(matrix: CsrMatrix, labels: readonly string[], options: FitOptions = {}): Outcome<EnsembleState> {
    const problem = findProblem(matrix, labels);
    if (problem !== null) return failure(problem);
    const { classes, targets } = numberClasses(labels);
    const unseen = this.predictUnseen(matrix, labels, options);
    if (!unseen.ok) return unseen;
    const stacker = fitStacker({
      members: unseen.value.logits,
      targets: Int32Array.from(unseen.value.rows, (row) => targets[row]!),
      classes: classes.length,
    });
    const members = this.fitMembers(matrix, labels, options);
    return members.ok ? success({ classes, members: members.value, stacker }) : members;
  }

  /** Every member on all rows. */
  fitMembers(matrix: CsrMatrix, labels: readonly string[], options: FitOptions = {}): Outcome<FittedClassifier[]> {
    const members: FittedClassifier[] = [];
    for (const make of this.makeMembers) {
      const member = make();
      const fitted = member.fit(matrix, labels, options);
      if (!fitted.ok) return fitted;
      members.push(bindClassifier(member, fitted.value));
    }
    return success(members);
  }

  /** Logits of each member for rows it has not seen; rows of a fold that lacks a class are left out. */
  private predictUnseen(
    matrix: CsrMatrix,
    labels: readonly string[],
    options: FitOptions,
  ): Outcome<{ rows: number[]; logits: Float64Array[] }> {
    const order = [...canonicalOrder(matrix)];
    const groups = order.map((row) => options.groups?.[row] ?? null);
    const splits = stratifiedGroupFolds(
      order.map((row) => labels[row]!),
      groups,
      { folds: this.folds, seed: options.seed ?? 1 },
    );
    const classes = new Set(labels).size;
    const rows: number[] = [];
    const found: number[][] = this.makeMembers.map(() => []);
    for (const [i, split] of splits.entries()) {
      options.onProgress?.(i / (splits.length + 1));
      const train = split.train.map((at) => order[at]!);
      const test = split.test.map((at) => order[at]!);
      const trainLabels = train.map((row) => labels[row]!);
      if (new Set(trainLabels).size < classes) continue;
      const trainGroups = train.map((row) => options.groups?.[row] ?? null);
      const members = this.fitMembers(selectRows(matrix, train), trainLabels, { ...options, groups: trainGroups });
      if (!members.ok) return members;
      const unseen = selectRows(matrix, test);
      for (const [m, member] of members.value.entries())
        for (const logit of member.logits(unseen)) found[m]!.push(logit);
      rows.push(...test);
    }
    return success({ rows, logits: found.map((logits) => Float64Array.from(logits)) });
  }

  classes(state: EnsembleState): readonly string[] {
    return state.classes;
  }

  logits(state: EnsembleState, matrix: CsrMatrix): Float64Array {
    return stackedLogits(
      state.stacker,
      state.members.map((member) => member.logits(matrix)),
    );
  }

  predictProba(state: EnsembleState, matrix: CsrMatrix): Float64Array {
    const out = this.logits(state, matrix);
    const k = state.classes.length;
    for (let from = 0; from < out.length; from += k) softmaxInPlace(out.subarray(from, from + k));
    return out;
  }

  /** The weights of the linear members, each as much as it counts; null when none is linear. */
  linear(state: EnsembleState): LinearState | null {
    return blendLinear(state.members, state.stacker);
  }

  save(state: EnsembleState): SavedState {
    const { temperatures, weights, biases } = state.stacker;
    const sections: Record<string, Section> = { temperatures, weights, biases };
    const headers = state.members.map((member, m) => {
      const saved = member.save();
      for (const [name, section] of Object.entries(saved.sections)) sections[`${m}/${name}`] = section;
      return saved.header;
    });
    return { header: { kind: this.kind, classes: state.classes, members: headers }, sections };
  }

  load(saved: SavedState): Outcome<EnsembleState> {
    const { classes, members: headers } = saved.header;
    const { temperatures, weights, biases } = saved.sections;
    if (!Array.isArray(classes) || !Array.isArray(headers)) return failure('The ensemble names no classes or members.');
    if (![temperatures, weights, biases].every((section) => section instanceof Float64Array))
      return failure('The sections "temperatures", "weights" and "biases" of the ensemble are missing.');
    const members: FittedClassifier[] = [];
    for (const [m, header] of headers.entries()) {
      const member = this.loadMember({ header, sections: sectionsOf(saved.sections, `${m}/`) });
      if (!member.ok) return member;
      members.push(member.value);
    }
    const stacker = { temperatures, weights, biases } as Stacker;
    if (stacker.weights.length !== members.length || stacker.biases.length !== classes.length)
      return failure('The weights of the ensemble do not fit its members and classes.');
    return success({ classes, members, stacker });
  }
}

function sectionsOf(sections: SavedState['sections'], prefix: string): Record<string, Section> {
  return Object.fromEntries(
    Object.entries(sections)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, section]) => [name.slice(prefix.length), section]),
  );
}
