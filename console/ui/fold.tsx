import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** Something that opens. The browser's own element: keyboard, screen reader and find-in-page work by themselves. */
export function Fold({
  summary,
  children,
  className = '',
  onOpen,
}: {
  summary: ReactNode;
  children: ReactNode;
  className?: string;
  onOpen?: () => void;
}): ReactNode {
  return (
    <details
      className={`group ${className}`}
      onToggle={(event) => {
        if (event.currentTarget.open) onOpen?.();
      }}
    >
      <summary className="control flex list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
        <Icon name="expand" className="text-muted group-open:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
