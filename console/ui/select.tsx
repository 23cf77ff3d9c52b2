import type { ComponentProps, ReactNode } from 'react';
import { inputClass } from './field.tsx';
import { Icon } from './icons.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
}

type Props = Omit<ComponentProps<'select'>, 'onChange'> & {
  options: readonly Option[];
  onChange: (value: string) => void;
};

export function Select({ options, onChange, className = '', ...rest }: Props): ReactNode {
  return (
    <span className="relative block min-w-0">
      <select
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} appearance-none truncate pr-8 ${className}`}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="down" className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-muted" />
    </span>
  );
}
