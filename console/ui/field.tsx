import { type ReactNode, useId } from 'react';

interface Props {
  label: string;
  /** Beside the label, such as "optional". */
  note?: string;
  hint?: string | undefined;
  problem?: string | undefined;
  className?: string;
  /** Draws the control; the ids tie label, hint and problem to it. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

export const inputClass = 'control w-full min-w-0 text-ellipsis border bg-surface px-3 aria-invalid:border-critical';

export function Field({ label, note, hint, problem, className = '', children }: Props): ReactNode {
  const id = useId();
  const described = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-label">
        <span className="font-semibold">{label}</span>
        {note ? <span className="text-muted"> · {note}</span> : null}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(problem ? { 'aria-invalid': true } : {}),
      })}
      {problem ? (
        <p id={`${id}-problem`} className="text-label text-critical">
          {problem}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="text-label text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
