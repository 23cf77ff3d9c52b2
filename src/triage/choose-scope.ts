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
  const folds = [...new Set(rows.map(({ fold }) => fold))];
  return folds.flatMap((fold) => {
    const others = rows.filter((row) => row.fold !== fold);
    const blend = fitBlend(others.length === 0 ? rows : others);
    return rows.filter((row) => row.fold === fold).map((row) => ({ ...row, scopeScore: blendScope(blend, row.signs) }));
  });
}

function sidesOf(rows: readonly OutOfFoldRow[]): { inScope: OutOfFoldRow[]; outOfScope: OutOfFoldRow[] } {
  // A fold without rows out of scope has a sign fewer than the others; its rows say nothing of the blend.
  const most = Math.max(0, ...rows.map(({ signs }) => signs.length));
  const whole = rows.filter(({ signs }) => signs.length === most);
  return {
    inScope: whole.filter(({ ticket }) => ticket.category !== null),
    outOfScope: whole.filter(({ ticket }) => ticket.category === null),
  };
}
