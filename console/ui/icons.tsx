import type { ReactNode } from 'react';

const shapes = {
  try: 'M4 4h12v9H9l-4 3v-3H4z',
  interactions: 'M4 5h12M4 10h12M4 15h12',
  api: 'M7 6 3 10l4 4M13 6l4 4-4 4',
  display: 'M4 6h7M15 6h1M4 14h1M9 14h7M11 6a2 2 0 1 0 4 0 2 2 0 1 0-4 0M5 14a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  keys: 'M3 6h14v8H3zM6 9h.01M10 9h.01M14 9h.01M7 12h6',
  collapse: 'M12 5 7 10l5 5',
  expand: 'M8 5l5 5-5 5',
  down: 'M5 8l5 5 5-5',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.5 8 14.5 16 6',
  cross: 'M5 5l10 10M15 5 5 15',
  person: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 17c.6-3 3-4.5 6-4.5s5.400 1.500 6 4.500',
  attention: 'M10 3 18 17H2zM10 8v4M10 14.500v.01',
  dash: 'M5 10h10',
  download: 'M10 3v9M6 9l4 4 4-4M4 16h12',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12M13.500 13.500 17 17',
} as const;
export type IconName = keyof typeof shapes;

/** Always beside a word or a label of its own: hidden from screen readers. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
