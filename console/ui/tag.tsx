import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

const tones = {
  quiet: 'px-0! text-muted',
  neutral: 'bg-sunken text-text',
  critical: 'bg-critical-soft text-critical',
  attention: 'bg-attention-soft text-attention',
  good: 'bg-good-soft text-good',
  machine: 'bg-machine-soft text-machine',
} as const;
export type TagTone = keyof typeof tones;

/** A word with a meaning; the colour only underlines it. */
export function Tag({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: TagTone;
  icon?: IconName;
  children: ReactNode;
}): ReactNode {
  return (
    <span
      className={`inline-flex max-w-full items-center align-middle gap-1 rounded px-1.5 py-0.5 text-label ${tones[tone]}`}
    >
      {icon ? <Icon name={icon} className="size-3.5" /> : null}
      <span className="truncate">{children}</span>
    </span>
  );
}
