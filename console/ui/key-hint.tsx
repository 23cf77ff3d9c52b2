import type { ReactNode } from 'react';

/** A key as printed on it. On a device without a keyboard there is none to name. */
export function KeyHint({ keys, className = '' }: { keys: readonly string[]; className?: string }): ReactNode {
  return (
    <span className={`pointer-coarse:hidden inline-flex gap-1 ${className}`}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded border border-current/40 px-1 text-center font-sans text-label leading-4.5"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
