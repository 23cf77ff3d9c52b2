import type { ReactNode } from 'react';
import { useSpeech } from '../../lib/i18n/index.ts';
import { showToast } from '../../lib/toasts.ts';
import { draftStore } from './draft.ts';
import { type Example, examples } from './examples.ts';

/** Puts an example into the form. Own words that it replaces can be had back. */
export function ExampleList(): ReactNode {
  const { t } = useSpeech();
  const take = ({ subject, message }: Example): void => {
    const before = draftStore.read();
    draftStore.write({ ...before, subject, message, language: 'auto' });
    const own = before.message.trim() !== '' && !examples.some((e) => e.message === before.message);
    if (own) showToast(t('exampleReplaced'), { label: t('undo'), run: () => draftStore.write(before) });
  };
  return (
    <section aria-labelledby="examples-title">
      <h2 id="examples-title" className="text-label font-semibold">
        {t('examples')}
      </h2>
      <ul className="mt-0.5 flex gap-1.5 py-1 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 sm:flex-wrap">
        {examples.map((example) => (
          <li key={example.title}>
            <button
              type="button"
              lang={example.language}
              onClick={() => take(example)}
              className="control inline-flex min-h-8! items-center gap-1.5 border whitespace-nowrap px-2.5 text-table hover:bg-sunken pointer-coarse:min-h-11!"
            >
              <span className="text-label text-muted uppercase">{example.language}</span>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
