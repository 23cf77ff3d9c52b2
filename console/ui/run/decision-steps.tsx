import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { percent } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run, Verdicts } from '../../lib/verdicts.ts';
import { Icon } from '../icons.tsx';
import { outcomeOf } from './outcome.ts';
import { Step } from './step.tsx';

export function GuardrailStep({ interaction }: { interaction: Interaction }): ReactNode {
  const { t, name } = useSpeech();
  const action = interaction.guardrail_action;
  // Which rule decided stands in the next step, in words.
  const notes = interaction.guardrail_notes.filter((note) => !note.startsWith('decided by '));
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
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Step>
  );
}

export function DecisionStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, name } = useSpeech();
  const outcome = outcomeOf(interaction, run);
  const policy = run?.verdicts.policy;
  return (
    <Step
      title={t('step_decision')}
      state={outcome === 'resolve' ? 'done' : 'attention'}
      ms={run?.milliseconds.policy}
      summary={t(`outcome_${outcome}`)}
    >
      {policy ? (
        <>
          {policy.outcome === 'review' ? (
            <p>{t('decidedBy', { rule: name('rule', policy.decidedBy) })}</p>
          ) : (
            <p>{t('decidedOpenly')}</p>
          )}
          <Threshold policy={policy} />
          <Checks checks={policy.checks} />
        </>
      ) : undefined}
    </Step>
  );
}

/** At which confidence it would go by itself. One digit, so that 74.9 % never reads as 75 %. */
function Threshold({ policy }: { policy: NonNullable<Verdicts['policy']> }): ReactNode {
  const { t, language } = useSpeech();
  const below = policy.confidence < policy.threshold;
  return (
    <p className="max-w-[72ch]">
      {t(below ? 'wouldBeAutomatic' : 'automaticFrom', {
        confidence: percent(policy.confidence, language, 1),
        threshold: percent(policy.threshold, language, 1),
      })}
    </p>
  );
}

function Checks({ checks }: { checks: NonNullable<Verdicts['policy']>['checks'] }): ReactNode {
  const { t, name } = useSpeech();
  return (
    <ul className="divide-y border-y text-table">
      {checks.map((check) => (
        <li key={check.rule} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 py-1.5">
          <Icon
            name={check.passed ? 'check' : 'cross'}
            className={`mt-0.5 ${check.passed ? 'text-good' : 'text-attention'}`}
          />
          <span className="[overflow-wrap:anywhere]">
            {name('rule', check.rule)}{' '}
            <span className={check.passed ? 'text-good' : 'text-attention'}>
              {t(check.passed ? 'checkPassed' : 'checkFailed')}
            </span>
            {check.detail ? <span className="text-label text-muted"> · {check.detail}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function RoutingStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, language } = useSpeech();
  const routing = run?.verdicts.routing;
  const reviewed = interaction.review_id !== null;
  if (!routing || routing.assignment === 'none')
    return (
      <Step
        title={t('step_routing')}
        state={reviewed ? 'done' : 'skipped'}
        ms={run?.milliseconds.routing}
        summary={reviewed ? t('reviewWaits') : t('nobodyNeeded')}
      />
    );
  const affinity =
    routing.affinity === null ? '' : `, ${t('affinity', { percent: percent(routing.affinity, language) })}`;
  return (
    <Step
      title={t('step_routing')}
      state="done"
      ms={run?.milliseconds.routing}
      summary={
        routing.agent
          ? `${t('assignedTo', { agent: routing.agent })}${affinity}`
          : t('waitsIn', { queue: routing.queue })
      }
    >
      {reviewed ? <p>{t('reviewWaits')}</p> : undefined}
    </Step>
  );
}
