import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { comparedPercents, percent } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run, Verdicts } from '../../lib/verdicts.ts';
import { Icon } from '../icons.tsx';
import { checkDetail } from './check-detail.ts';
import { interruptionOf, outcomeOf } from './outcome.ts';
import { Step } from './step.tsx';

export function DecisionStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, name } = useSpeech();
  const outcome = outcomeOf(interaction, run);
  const interruption = interruptionOf(interaction);
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
          <p>
            {interruption !== undefined
              ? name('reason', interruption)
              : policy.outcome === 'review'
                ? t('decidedBy', { rule: name('rule', policy.decidedBy) })
                : t('decidedOpenly')}
          </p>
          <Threshold policy={policy} />
          <Checks interaction={interaction} verdicts={run.verdicts} checks={policy.checks} />
        </>
      ) : undefined}
    </Step>
  );
}

/** At which confidence it would go by itself. */
function Threshold({ policy }: { policy: NonNullable<Verdicts['policy']> }): ReactNode {
  const { t, language } = useSpeech();
  const below = policy.confidence < policy.threshold;
  const [confidence, threshold] = comparedPercents(policy.confidence, policy.threshold, language);
  return <p className="max-w-[72ch]">{t(below ? 'wouldBeAutomatic' : 'automaticFrom', { confidence, threshold })}</p>;
}

interface ChecksProps {
  interaction: Interaction;
  verdicts: Verdicts;
  checks: NonNullable<Verdicts['policy']>['checks'];
}

function Checks({ interaction, verdicts, checks }: ChecksProps): ReactNode {
  const speech = useSpeech();
  const { t, name } = speech;
  return (
    <ul className="divide-y border-y text-table">
      {checks.map((check) => (
        <li key={check.rule} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 py-1.5">
          <Icon
            name={check.passed ? 'check' : 'cross'}
            className={`mt-0.5 ${check.passed ? 'text-good' : 'text-attention'}`}
          />
          <span>
            {name('rule', check.rule)}{' '}
            <span className={check.passed ? 'text-good' : 'text-attention'}>
              {t(check.passed ? 'checkPassed' : 'checkFailed')}
            </span>
            <CheckDetail words={checkDetail({ check, interaction, verdicts }, speech)} fallback={check.detail} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A rule without words of ours is told in the server's, which are English. */
function CheckDetail({ words, fallback }: { words: string | undefined; fallback: string }): ReactNode {
  if (words === undefined && fallback === '') return null;
  return (
    <span className="text-label text-muted">
      {' · '}
      <span lang={words === undefined ? 'en' : undefined}>{words ?? fallback}</span>
    </span>
  );
}

export function RoutingStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, name, language } = useSpeech();
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
          : t('waitsIn', { queue: name('queue', routing.queue) })
      }
    >
      {reviewed ? <p>{t('reviewWaits')}</p> : undefined}
    </Step>
  );
}
