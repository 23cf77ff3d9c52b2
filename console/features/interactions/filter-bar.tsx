import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type Ref, useRef, useState } from 'react';
import { useSpeech } from '../../lib/i18n/index.ts';
import { healthQuery } from '../../lib/read-health.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Select } from '../../ui/select.tsx';
import { type ChangeView, guardrails, type View } from './filters.ts';

interface Props {
  view: View;
  change: ChangeView;
  searchRef: Ref<HTMLInputElement>;
}

export function FilterBar({ view, change, searchRef }: Props): ReactNode {
  const { t, name } = useSpeech();
  const [unfolded, setUnfolded] = useState(false);
  const health = useQuery(healthQuery);
  const categories = [...new Set([...(health.data?.categories ?? []), ...(view.category ? [view.category] : [])])];
  // A narrow list shows the search alone until the rest is asked for.
  const fold = unfolded ? '' : '@max-2xl:hidden';
  return (
    <search
      aria-label={t('filters')}
      className="grid grid-cols-2 items-end gap-3 border-b px-4 py-3 sm:px-6 @2xl:grid-cols-4 @5xl:grid-cols-[minmax(12rem,2fr)_minmax(9rem,1fr)_minmax(10rem,1.3fr)_minmax(8.5rem,auto)_minmax(8.5rem,auto)]"
    >
      <div className="col-span-2 flex items-end gap-2 @2xl:col-span-4 @5xl:col-span-1">
        <SearchField view={view} change={change} searchRef={searchRef} />
        <Button className="@2xl:hidden" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {t('filters')}
          <Icon name="down" className={unfolded ? 'rotate-180' : ''} />
        </Button>
      </div>
      <Field label={t('category')} className={fold}>
        {(control) => (
          <Select
            {...control}
            value={view.category}
            onChange={(category) => change({ category })}
            options={[
              { value: '', label: t('anyCategory') },
              ...categories.map((value) => ({ value, label: name('category', value) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('guardrail')} className={fold}>
        {(control) => (
          <Select
            {...control}
            value={view.action}
            onChange={(action) => change({ action })}
            options={[
              { value: '', label: t('anyGuardrail') },
              ...guardrails.map((value) => ({ value, label: name('guardrail', value) })),
            ]}
          />
        )}
      </Field>
      <DayField label={t('from')} value={view.from} onPick={(from) => change({ from })} className={fold} />
      <DayField label={t('to')} value={view.to} onPick={(to) => change({ to })} className={fold} />
    </search>
  );
}

/** A field's text while it is being typed; when the address says something new, that wins. */
function useTyped(committed: string): [string, (text: string) => void] {
  const [typed, setTyped] = useState({ committed, text: committed });
  if (typed.committed !== committed) setTyped({ committed, text: committed });
  return [typed.text, (text) => setTyped({ committed, text })];
}

function SearchField({ view, change, searchRef }: Props): ReactNode {
  const { t } = useSpeech();
  const [text, setText] = useTyped(view.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const commit = (value: string, delay: number): void => {
    clearTimeout(timer.current);
    // One entry in the history for a search, not one for each letter.
    timer.current = setTimeout(() => change({ q: value.trim() }, { replace: true }), delay);
  };
  return (
    <Field label={t('search')} className="flex-1">
      {(control) => (
        <span className="relative block">
          <Icon name="search" className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted" />
          <input
            {...control}
            ref={searchRef}
            type="search"
            maxLength={200}
            autoComplete="off"
            placeholder={t('searchHint')}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              commit(event.target.value, event.target.value === '' ? 0 : 300);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commit(text, 0);
            }}
            className={`${inputClass} peer pr-9 pl-9`}
          />
          <KeyHint
            keys={['/']}
            className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-muted peer-focus:hidden peer-[:not(:placeholder-shown)]:hidden"
          />
        </span>
      )}
    </Field>
  );
}

function DayField({
  label,
  value,
  onPick,
  className,
}: {
  label: string;
  value: string;
  onPick: (day: string) => void;
  className: string;
}): ReactNode {
  const [text, setText] = useTyped(value);
  return (
    <Field label={label} className={className}>
      {(control) => (
        <input
          {...control}
          type="date"
          value={text}
          onChange={(event) => {
            const day = event.target.value;
            setText(day);
            // While a year is typed it runs through 0002 and 0020: those are no choice yet.
            if (day === '' || day >= '2000') onPick(day);
          }}
          className={`${inputClass} tabular-nums`}
        />
      )}
    </Field>
  );
}
