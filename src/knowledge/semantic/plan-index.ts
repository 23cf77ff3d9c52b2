import type { EmbeddingIndexRow, IndexCounts, PresentIndexes } from '../stores/vectors.ts';

/** What the settings ask for; `model` is null for the builtin one, which learns its own. */
export interface WantedModel {
  readonly provider: EmbeddingIndexRow['provider'];
  readonly model: string | null;
}

/** Share of the chunks that may be gone or new before the builtin model learns anew. */
export const mostChanged = 0.2;

export type IndexPlan =
  | { readonly do: 'nothing' }
  /** Goes on with what is being built. */
  | { readonly do: 'build' }
  /** Begins an index for this reason, in the place of one that is being built. */
  | { readonly do: 'begin'; readonly reason: string }
  /** What is being built is not wanted any more. */
  | { readonly do: 'drop' };

/**
 * Pure: from what there is to what is to be done. One that failed is not begun again by itself, unless the settings
 * ask for another one by now.
 *
 * @param counts of the active index; null where there is none
 */
export function planIndex(present: PresentIndexes, wanted: WantedModel, counts: IndexCounts | null): IndexPlan {
  const { active, building, failed } = present;
  if (building !== null && fits(building, wanted)) return { do: 'build' };
  const failedAlready = failed !== null && fits(failed, wanted);
  if (active === null || !fits(active, wanted)) {
    if (failedAlready) return { do: 'nothing' };
    const reason = active === null ? 'the first index' : `${nameOf(wanted)} instead of ${nameOf(active)}`;
    return { do: 'begin', reason };
  }
  if (building !== null) return { do: 'drop' };
  const changed = counts === null ? 0 : changedChunks(active, counts);
  if (wanted.provider !== 'builtin' || failedAlready || changed <= mostChanged * active.learned_chunks)
    return { do: 'nothing' };
  return { do: 'begin', reason: `${changed} chunks changed since the model learned from ${active.learned_chunks}` };
}

function fits(index: EmbeddingIndexRow, wanted: WantedModel): boolean {
  return (
    index.provider === wanted.provider && (wanted.model === null || (index.model ?? wanted.model) === wanted.model)
  );
}

/** Chunks that are new, or gone, since the model learned; what was exchanged counts once. */
function changedChunks({ learned_chunks: then }: EmbeddingIndexRow, { chunks, learned }: IndexCounts): number {
  return Math.max(then, chunks) - learned;
}

const nameOf = ({ provider, model }: WantedModel) => (provider === 'builtin' ? provider : (model ?? provider));
