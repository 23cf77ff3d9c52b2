import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { AnswerRequest } from '../../../src/api/contract/index.ts';
import { CallProblem } from '../../lib/api.ts';
import { isApple } from '../../lib/browser.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { healthQuery } from '../../lib/read-health.ts';
import { useStored } from '../../lib/stored.ts';
import { Button } from '../../ui/button.tsx';
import { Field, inputClass } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Select } from '../../ui/select.tsx';
import {
  type Draft,
  type DraftProblems,
  draftStore,
  maxSubject,
  methods,
  problemsOf,
  requestOf,
  tones,
} from './draft.ts';

interface Props {
  sending: boolean;
  error: Error | null;
  onSend: (request: AnswerRequest) => void;
}

type Change = (changed: Partial<Draft>) => void;

/** The form keeps what was typed, whatever the server says. */
export function MessageForm({ sending, error, onSend }: Props): ReactNode {
  const speech = useSpeech();
  const draft = useStored(draftStore);
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState(false);
  const problems = problemsOf(draft, speech);
  const shown = checked ? problems : {};
  const change: Change = (changed) => draftStore.write({ ...draft, ...changed });

  const send = (): void => {
    if (sending) return;
    setChecked(true);
    if (Object.keys(problems).length === 0) onSend(requestOf(draft));
    else focusFirstProblem();
  };
  const focusFirstProblem = (): void => {
    const first = (['message', 'email', 'k'] as const).find((field) => problems[field]);
    const field = form.current?.elements.namedItem(first ?? 'message');
    if (!(field instanceof HTMLElement)) return;
    // A field inside a closed fold cannot take the focus.
    field.closest('details')?.setAttribute('open', '');
    field.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      ref={form}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex flex-col gap-4"
    >
      <TextFields draft={draft} change={change} problem={shown.message ?? fieldError(error, 'message')} />
      <ChoiceFields draft={draft} change={change} />
      <MoreFields
        draft={draft}
        change={change}
        problems={{ ...shown, ...mailError(shown.email ?? fieldError(error, 'customer_email')) }}
      />
      <div>
        <Button type="submit" look="primary" busy={sending} className="w-full sm:w-auto">
          {speech.t('send')}
          <KeyHint keys={[isApple ? '⌘' : 'Ctrl', '↵']} />
        </Button>
      </div>
    </form>
  );
}

function TextFields({
  draft,
  change,
  problem,
}: {
  draft: Draft;
  change: Change;
  problem: string | undefined;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <>
      <Field label={t('subject')} note={t('optional')}>
        {(control) => (
          <input
            {...control}
            name="subject"
            maxLength={maxSubject}
            autoComplete="off"
            value={draft.subject}
            onChange={(event) => change({ subject: event.target.value })}
            className={inputClass}
          />
        )}
      </Field>
      <Field label={t('message')} problem={problem}>
        {(control) => (
          <textarea
            {...control}
            name="message"
            rows={7}
            placeholder={t('messageHint')}
            value={draft.message}
            onChange={(event) => change({ message: event.target.value })}
            className={`${inputClass} resize-y py-2`}
          />
        )}
      </Field>
    </>
  );
}

function ChoiceFields({ draft, change }: { draft: Draft; change: Change }): ReactNode {
  const { t, name } = useSpeech();
  const health = useQuery(healthQuery);
  const noModel = health.data?.components.llm.status === 'not_configured';
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t('messageLanguage')}>
        {(control) => (
          <Select
            {...control}
            value={draft.language}
            onChange={(language) => change({ language: language as Draft['language'] })}
            options={[
              { value: 'auto', label: t('detect') },
              { value: 'en', label: t('language_en') },
              { value: 'de', label: t('language_de') },
            ]}
          />
        )}
      </Field>
      <Field label={t('tone')}>
        {(control) => (
          <Select
            {...control}
            value={draft.tone}
            onChange={(tone) => change({ tone })}
            options={tones.map((value) => ({ value, label: name('tone', value) }))}
          />
        )}
      </Field>
      <Field
        label={t('method')}
        className="col-span-2"
        hint={noModel && draft.method !== 'template' ? t('methodNoModel') : undefined}
      >
        {(control) => (
          <Select
            {...control}
            value={draft.method}
            onChange={(method) => change({ method })}
            options={methods.map((value) => ({ value, label: name('method', value) }))}
          />
        )}
      </Field>
    </div>
  );
}

function MoreFields({ draft, change, problems }: { draft: Draft; change: Change; problems: DraftProblems }): ReactNode {
  const { t } = useSpeech();
  return (
    <Fold summary={t('more')}>
      <div className="flex flex-col gap-3 pt-1">
        <Field label={t('customerEmail')} note={t('optional')} problem={problems.email}>
          {(control) => (
            <input
              {...control}
              name="email"
              type="email"
              autoComplete="off"
              value={draft.email}
              onChange={(event) => change({ email: event.target.value })}
              className={inputClass}
            />
          )}
        </Field>
        <Field label={t('customerNameField')} note={t('optional')}>
          {(control) => (
            <input
              {...control}
              name="customer-name"
              maxLength={200}
              autoComplete="off"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
              className={inputClass}
            />
          )}
        </Field>
        <Field label={t('passagesWanted')} problem={problems.k}>
          {(control) => (
            <input
              {...control}
              name="k"
              type="number"
              inputMode="numeric"
              min={1}
              max={20}
              value={draft.k}
              onChange={(event) => change({ k: event.target.value })}
              className={`${inputClass} max-w-24 tabular-nums`}
            />
          )}
        </Field>
      </div>
    </Fold>
  );
}

/** What the server says about one field. */
const fieldError = (error: Error | null, path: string): string | undefined =>
  error instanceof CallProblem ? error.fields.find((f) => f.path === path)?.message : undefined;

const mailError = (message: string | undefined): DraftProblems => (message ? { email: message } : {});
