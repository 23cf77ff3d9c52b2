import { type ReactNode, useState } from 'react';
import { CallProblem } from '../lib/api.ts';
import { useSpeech } from '../lib/i18n/index.ts';
import { accessKey } from '../lib/preferences.ts';
import { Button } from './button.tsx';
import { Field, inputClass } from './field.tsx';
import { Icon } from './icons.tsx';

/** Says what would be here and how to get it. */
export function EmptyState({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="flex max-w-prose flex-col items-start gap-2 py-6">
      <h2 className="text-body font-semibold">{title}</h2>
      <p className="text-muted">{text}</p>
      {children}
    </div>
  );
}

/** Says what went wrong and what to do. `onRetry` is offered where trying again can help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  const speech = useSpeech();
  const { title, detail } = describe(error, speech);
  return (
    <div role="alert" className="flex max-w-prose flex-col items-start gap-2 border-l-3 border-critical py-1 pl-4">
      <h2 className="flex items-center gap-2 text-body font-semibold text-critical">
        <Icon name="attention" />
        {title}
      </h2>
      {detail ? <p className="break-words [overflow-wrap:anywhere]">{detail}</p> : null}
      {error instanceof CallProblem && error.fields.length > 0 ? (
        <ul className="list-disc pl-5">
          {error.fields.map((f) => (
            <li key={`${f.path} ${f.message}`}>{f.message}</li>
          ))}
        </ul>
      ) : null}
      {error instanceof CallProblem && error.code === 'unauthenticated' ? (
        <KeyForm onDone={onRetry} />
      ) : (
        <Button onClick={onRetry}>{speech.t('retry')}</Button>
      )}
    </div>
  );
}

function describe(error: unknown, { t, name }: ReturnType<typeof useSpeech>): { title: string; detail: string } {
  if (!(error instanceof CallProblem)) return { title: t('error_internal'), detail: String(error) };
  if (error.code === 'unreachable') return { title: t('error_unreachable'), detail: t('error_unreachable_text') };
  if (error.code === 'unauthenticated')
    return { title: t('error_unauthenticated'), detail: t('error_unauthenticated_text') };
  if (error.code === 'unexpected-answer')
    return { title: t('error_unexpected'), detail: t('error_unexpected_text', { detail: error.message }) };
  const known = name('error', error.code);
  return { title: known === error.code ? error.title : known, detail: error.message };
}

function KeyForm({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useSpeech();
  const [key, setKey] = useState('');
  return (
    <form
      className="flex w-full flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        accessKey.write(key.trim());
        onDone();
      }}
    >
      <Field label={t('accessKey')} className="min-w-48 flex-1">
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.target.value)}
            className={inputClass}
          />
        )}
      </Field>
      <Button type="submit" look="primary">
        {t('useKey')}
      </Button>
    </form>
  );
}
