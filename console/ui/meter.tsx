import type { ReactNode } from 'react';

interface Props {
  label: ReactNode;
  /** In [0,1]. */
  value: number;
  /** The value as written beside the bar; it carries the meaning, the bar only shows it. */
  text: string;
  tone?: 'accent' | 'muted' | 'critical' | 'attention';
  strong?: boolean;
}

const fills = { accent: 'bg-accent', muted: 'bg-muted', critical: 'bg-critical', attention: 'bg-attention' } as const;

export function Meter({ label, value, text, tone = 'accent', strong = false }: Props): ReactNode {
  return (
    <div className="grid grid-cols-[minmax(0,9rem)_minmax(2rem,1fr)_3.5rem] items-center gap-3 py-0.5 text-table">
      <span className={`truncate ${strong ? 'font-semibold' : ''}`}>{label}</span>
      <span aria-hidden="true" className="relative h-1.5 rounded-full bg-sunken">
        <span
          className={`absolute inset-y-0 left-0 rounded-full ${fills[tone]}`}
          style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }}
        />
      </span>
      <span className={`text-right tabular-nums ${strong ? 'font-semibold' : ''}`}>{text}</span>
    </div>
  );
}
