import type { ComponentProps, ReactNode } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent px-4 font-semibold hover:opacity-90',
  plain: 'border bg-surface px-3 hover:bg-sunken',
  quiet: 'px-2 text-muted hover:bg-sunken hover:text-text',
} as const;
export type ButtonLook = keyof typeof looks;

export const buttonClass = (look: ButtonLook): string =>
  `control inline-flex items-center justify-center gap-2 transition-opacity duration-(--motion) ${looks[look]}`;

type Props = ComponentProps<'button'> & { look?: ButtonLook; busy?: boolean };

/** While busy it keeps the focus and does nothing; `disabled` would throw the focus away. */
export function Button({ look = 'plain', busy = false, className = '', onClick, ...rest }: Props): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={`${buttonClass(look)} ${busy ? 'cursor-progress' : ''} ${className}`}
      {...(busy ? { 'aria-disabled': true } : {})}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}
