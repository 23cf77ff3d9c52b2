import {
  blendScope,
  chooseAbstentionThreshold,
  fitScopeBlend,
  type LinearState,
  type ScopeBlend,
} from '../ml/index.ts';
import type { OutOfFoldRow } from './training-metrics.ts';
import type { ScopeModel } from './triage-model.ts';

/** Share of in-scope rows that may be lost where no row out of scope has shown what abstaining gains. */
const maxLostBlind = 0.02;

/** The blend of all signs, and the threshold that costs at most `maxLost` of the in-scope rows. */
export function chooseScope(
  unseen: readonly OutOfFoldRow[],
  classifier: LinearState | null,
  maxLost: number,
): ScopeModel {
  const { inScope, outOfScope } = sidesOf(unseen);
  const known = outOfScope.length > 0;
  const { threshold } = chooseAbstentionThreshold(
    inScope.map(({ scopeScore }) => scopeScore),
    outOfScope.map(({ scopeScore }) => scopeScore),
    known ? maxLost : Math.min(maxLost, maxLostBlind),
  );
  return { method: 'blend', blend: fitBlend(unseen), threshold, classifier };
}

export function fitBlend(rows: readonly OutOfFoldRow[]): ScopeBlend {
  const { inScope, outOfScope } = sidesOf(rows);
  return fitScopeBlend(
    inScope.map(({ signs }) => signs),
    outOfScope.map(({ signs }) => signs),
  );
}

/** Every row with its score by a blend that was fitted on the other folds. */
export function scoreScope(rows: readonly OutOfFoldRow[]): OutOfFoldRow[] {
  const common = withCommonSigns(rows);
  const folds = [...new Set(rows.map(({ fold }) => fold))];
  return folds.flatMap((fold) => {
    const others = common.filter((row) => row.fold !== fold);
    const blend = fitBlend(others.length === 0 ? common : others);
    return rows.filter((row) => row.fold === fold).map((row) => ({ ...row, scopeScore: blendScope(blend, row.signs) }));
  });
}

/**
 * A fold that learned from too few rows out of scope lacks the last sign. Then all do without it: scores of three
 * signs and of four have no threshold in common. A blend reads the first signs only, so rows may keep theirs.
 */
function withCommonSigns(rows: readonly OutOfFoldRow[]): readonly OutOfFoldRow[] {
  const fewest = rows.reduce((least, { signs }) => Math.min(least, signs.length), Number.POSITIVE_INFINITY);
  return rows.map((row) => (row.signs.length === fewest ? row : { ...row, signs: row.signs.slice(0, fewest) }));
}

function sidesOf(rows: readonly OutOfFoldRow[]): { inScope: OutOfFoldRow[]; outOfScope: OutOfFoldRow[] } {
  const common = withCommonSigns(rows);
  return {
    inScope: common.filter(({ ticket }) => ticket.category !== null),
    outOfScope: common.filter(({ ticket }) => ticket.category === null),
  };
}
