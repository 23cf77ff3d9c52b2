import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useSpeech } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';

/** What is typed stays until it is on its way. Enter sends, Shift and Enter begin a new line. */
export function SayForm({ open, onSay }: { open: boolean; onSay: (message: string) => boolean }): ReactNode {
  const { t } = useSpeech();
  const [words, setWords] = useState('');
  const say = (): void => {
    if (words.trim() !== '' && onSay(words.trim())) setWords('');
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    say();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    say();
  };
  return (
    <form onSubmit={onSubmit} className="flex items-end gap-2">
      <Field label={t('yourMessage')} className="flex-1">
        {(control) => (
          <textarea
            {...control}
            name="say"
            rows={2}
            maxLength={20_000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onKeyDown={onKeyDown}
            className={`${inputClass} resize-y py-2`}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={!open}>
        {t('say')}
      </Button>
    </form>
  );
}
