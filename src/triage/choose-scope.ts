import { chooseAbstentionThreshold, type LinearState } from '../ml/index.ts';
import { type OutOfFoldRow, scoresBy } from './training-metrics.ts';
import type { ScopeMethod, ScopeModel } from './triage-model.ts';

/** Keeps the method with the largest area under the ROC curve, and the threshold that costs at most `maxLost`. */
export function chooseScope(
  unseen: readonly OutOfFoldRow[],
  classifier: LinearState | null,
  maxLost: number,
): ScopeModel {
  let best: { method: ScopeMethod; auc: number } = { method: 'probability', auc: 0 };
  for (const method of ['probability', 'energy', 'scope-logit'] as const) {
    if (method === 'scope-logit' && classifier === null) continue;
    const { auc } = scoresBy(method, unseen);
    if (auc > best.auc) best = { method, auc };
  }
  const { inScope, outOfScope } = scoresBy(best.method, unseen);
  // Without out-of-scope rows nothing is known about them: only a text without a known word abstains.
  const { threshold } = chooseAbstentionThreshold(outOfScope.length === 0 ? [] : inScope, outOfScope, maxLost);
  return { method: best.method, threshold, classifier: best.method === 'scope-logit' ? classifier : null };
}
