import type { ReactNode } from 'react';

interface Props {
  keys: readonly string[];
  /** Where the key is what is said, and not a hint beside a command that has its own words. */
  spoken?: boolean;
  className?: string;
}

/** A key as printed on it. On a device without a keyboard there is none to name. */
export function KeyHint({ keys, spoken = false, className = '' }: Props): ReactNode {
  return (
    <span aria-hidden={!spoken || undefined} className={`pointer-coarse:hidden inline-flex gap-1 ${className}`}>
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
