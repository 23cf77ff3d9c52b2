import type { ReactNode } from 'react';
import { type Speech, useSpeech } from '../../lib/i18n/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { type ChangeView, type FilterName, filterNames, type View } from './filters.ts';

function wordsOf(filter: FilterName, value: string, { t, name }: Speech): string {
  if (filter === 'q') return t('chipText', { value });
  if (filter === 'from') return t('chipFrom', { value });
  if (filter === 'to') return t('chipTo', { value });
  return filter === 'category' ? name('category', value) : name('guardrail', value);
}

export function FilterChips({ view, change }: { view: View; change: ChangeView }): ReactNode {
  const speech = useSpeech();
  const active = filterNames.filter((filter) => view[filter] !== '');
  if (active.length === 0) return null;
  return (
    <ul aria-label={speech.t('filters')} className="flex min-w-0 flex-wrap gap-1.5">
      {active.map((filter) => {
        const words = wordsOf(filter, view[filter], speech);
        return (
          <li key={filter} className="min-w-0">
            <button
              type="button"
              aria-label={speech.t('removeFilter', { filter: words })}
              onClick={() => change({ [filter]: '' })}
              className="inline-flex min-h-7 max-w-full items-center gap-1 rounded bg-accent-soft px-2 text-table text-accent hover:underline pointer-coarse:min-h-11"
            >
              <span className="max-w-48 truncate">{words}</span>
              <Icon name="close" className="size-3" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
