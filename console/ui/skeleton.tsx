import type { ReactNode } from 'react';

/** A grey line in the place of text to come; appears after 150 ms only. Width in percent. */
export function SkeletonLine({ width = 100 }: { width?: number }): ReactNode {
  return <span aria-hidden="true" className="late block h-3 rounded bg-sunken" style={{ width: `${width}%` }} />;
}
