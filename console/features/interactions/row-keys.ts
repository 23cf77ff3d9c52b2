import type { RefObject } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import type { ChangeView, View } from './filters.ts';
import { rowLinkId } from './interactions-table.tsx';

interface Input {
  rows: readonly Interaction[];
  view: View;
  change: ChangeView;
  search: RefObject<HTMLInputElement | null>;
}

/** J and K walk through the rows: with a message open to the next message, else from row to row. Enter is the
 * row's own link; Esc closes and gives the focus back to the row. */
export function useRowKeys({ rows, view, change, search }: Input): { close: () => void; step: (by: 1 | -1) => void } {
  const open = view.open;
  const focusRow = (id: string | undefined): void => {
    const link = id === undefined ? null : document.getElementById(rowLinkId(id));
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: 'nearest' });
  };
  const close = (): void => {
    if (open === '') return;
    change({ open: '' }, { replace: true });
    // The row stands behind a modal until that is gone.
    requestAnimationFrame(() => focusRow(open));
  };
  const step = (by: 1 | -1): void => {
    const current = open === '' ? document.activeElement?.getAttribute('data-row') : open;
    const index = rows.findIndex((row) => row.interaction_id === current);
    const next = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + by))]?.interaction_id;
    if (next === undefined) return;
    if (open === '') {
      focusRow(next);
      return;
    }
    change({ open: next }, { replace: true });
    document.getElementById(rowLinkId(next))?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Escape: close,
    '/': (event) => {
      event.preventDefault();
      search.current?.focus();
    },
  });
  return { close, step };
}
