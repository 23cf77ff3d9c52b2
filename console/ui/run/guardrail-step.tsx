import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run, Verdicts } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { Icon } from '../icons.tsx';
import { isDecisionNote } from './outcome.ts';
import { Step } from './step.tsx';

export function GuardrailStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, name } = useSpeech();
  const action = interaction.guardrail_action;
  // Which rule decided stands in the next step, what was set aside in the first one, each in words.
  const setAside = run?.verdicts.intake?.setAside ?? [];
  const notes = interaction.guardrail_notes.filter(
    (note) => !isDecisionNote(note) && !(setAside.length > 0 && note.startsWith(setAsideNote)),
  );
  return (
    <Step
      title={t('step_guardrail')}
      state={action === 'OK' ? 'done' : 'attention'}
      summary={
        <span className="flex flex-wrap items-baseline gap-x-2">
          {name('guardrail', action)}
          <code className="text-label font-normal text-muted [overflow-wrap:anywhere]">{action}</code>
        </span>
      }
    >
      <p>{t(`guardrailText_${action}`)}</p>
      {notes.length === 0 ? null : (
        <ul className="list-disc pl-5 text-table text-muted">
          {notes.map((note) => (
            <li key={note} lang={name('note', note) === note ? 'en' : undefined}>
              {name('note', note)}
            </li>
          ))}
        </ul>
      )}
      <GuardrailChecks checks={run?.verdicts.answering?.guardrailChecks ?? []} />
    </Step>
  );
}

/** How the server's note of a part that was set aside begins. */
const setAsideNote = 'Not read by the machine: ';

/** Everything that was looked at, so that a pass can be understood as well as a failure. */
function GuardrailChecks({ checks }: { checks: NonNullable<Verdicts['answering']>['guardrailChecks'] }): ReactNode {
  const { t, name, count } = useSpeech();
  if (checks.length === 0) return null;
  const failed = checks.filter((check) => !check.passed).length;
  return (
    <Fold summary={<span className="text-table">{count('guardrailChecks', checks.length, { failed })}</span>}>
      <ul className="divide-y border-y text-table">
        {checks.map((check) => (
          <li key={`${check.id} ${check.detail}`} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 py-1.5">
            <Icon
              name={check.passed ? 'check' : 'cross'}
              className={`mt-0.5 ${check.passed ? 'text-good' : 'text-attention'}`}
            />
            <span>
              {name('check', check.id)}{' '}
              <span className={check.passed ? 'text-good' : 'text-attention'}>
                {t(check.passed ? 'checkPassed' : 'checkFailed')}
              </span>
              {check.passed || check.detail === '' ? null : (
                <span lang="en" className="text-label text-muted">
                  {' · '}
                  {check.detail}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
