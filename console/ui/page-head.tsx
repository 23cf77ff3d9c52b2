import type { ReactNode } from 'react';

/** The top line of a page: title, count or note, filters as chips, one primary action at the end. */
export function PageHead({
  title,
  note,
  children,
  action,
}: {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <header className="top-0 z-10 flex sm:sticky min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-4 py-2 sm:px-6">
      <h1 className="text-title font-semibold">{title}</h1>
      {note ? <p className="text-muted tabular-nums">{note}</p> : null}
      {children}
      {action ? <div className="ml-auto">{action}</div> : null}
    </header>
  );
}
