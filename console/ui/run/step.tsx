import type { ReactNode } from 'react';
import { milliseconds } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { Icon, type IconName } from '../icons.tsx';

export type StepState = 'done' | 'attention' | 'skipped' | 'waiting';

const markers: Record<StepState, { icon: IconName | undefined; look: string }> = {
  done: { icon: 'check', look: 'border-line bg-surface text-good' },
  attention: { icon: 'attention', look: 'border-transparent bg-attention-soft text-attention' },
  skipped: { icon: 'dash', look: 'border-line bg-surface text-muted' },
  waiting: { icon: undefined, look: 'border-dashed bg-surface' },
};

interface Props {
  title: string;
  state: StepState;
  /** What the step found, in one sentence. */
  summary?: ReactNode;
  ms?: number | undefined;
  children?: ReactNode;
}

/** One step of the run: a mark on the line that joins the steps, the finding, then what it rests on. */
export function Step({ title, state, summary, ms, children }: Props): ReactNode {
  const { language } = useSpeech();
  const { icon, look } = markers[state];
  return (
    <li className="group/step relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 pb-6 last:pb-0">
      <span aria-hidden="true" className="absolute top-6 bottom-0 left-3 w-px bg-line group-last/step:hidden" />
      <span aria-hidden="true" className={`z-1 grid size-6 place-items-center rounded-full border ${look}`}>
        {icon ? <Icon name={icon} className="size-3.5" /> : null}
      </span>
      {/* Whatever stands in a step may hold an address or a word without end. */}
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <div className="flex min-h-6 items-center justify-between gap-4">
          <h3 className="text-label text-muted">{title}</h3>
          {ms === undefined ? null : (
            <span className="text-label text-muted tabular-nums">{milliseconds(ms, language)}</span>
          )}
        </div>
        {summary === undefined ? null : <div className="font-semibold">{summary}</div>}
        {children === undefined ? null : <div className="mt-2 flex flex-col gap-2">{children}</div>}
      </div>
    </li>
  );
}

/** Words and values, two columns; wraps on its own on a narrow pane. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="grid grid-cols-[minmax(6rem,9rem)_minmax(0,1fr)] gap-x-3 gap-y-1 text-table">
      {rows.map(([word, value]) => (
        <div key={word} className="contents">
          <dt className="text-muted">{word}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
