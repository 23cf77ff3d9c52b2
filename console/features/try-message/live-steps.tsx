import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNow } from '../../lib/browser.ts';
import { number } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { MessageBlock } from '../../ui/message-block.tsx';
import { shownSteps } from '../../ui/run/run-steps.tsx';
import { Step } from '../../ui/run/step.tsx';
import { SkeletonLine } from '../../ui/skeleton.tsx';
import { type LiveRun, liveRunQuery, nothingYet } from './live-run.ts';

/** The step of the server that a shown step belongs to. */
const stepOf: Readonly<Record<(typeof shownSteps)[number], string>> = {
  step_intake: 'intake',
  step_triage: 'triage',
  step_knowledge: 'knowledge',
  step_draft: 'answering',
  step_judge: 'answering',
  step_guardrail: 'answering',
  step_decision: 'policy',
  step_routing: 'routing',
  step_reply: 'routing',
};

/** The steps of a run that is under way: a step is called done when the server has said so. */
export function LiveSteps(): ReactNode {
  const { t, language } = useSpeech();
  const { data: run = nothingYet } = useQuery(liveRunQuery);
  const [since] = useState(Date.now);
  const seconds = Math.max(0, (useNow(100) - since) / 1000);
  return (
    <div>
      <p className="mb-4 flex justify-between gap-4 text-muted">
        <span>{t('waitingText')}</span>
        <span aria-hidden="true" className="whitespace-nowrap tabular-nums">
          {t('waitingSince', { seconds: number(seconds, language, 1) })}
        </span>
      </p>
      <ol>
        {shownSteps.map((step, index) => {
          const ms = run.steps[stepOf[step]];
          if (step === 'step_draft' && ms === undefined && (run.draft !== '' || run.discarded.length > 0))
            return <WrittenDraft key={step} run={run} />;
          return (
            <Step
              key={step}
              title={t(step)}
              state={ms === undefined ? 'waiting' : 'done'}
              ms={step === 'step_judge' || step === 'step_guardrail' || step === 'step_reply' ? undefined : ms}
              summary={ms === undefined ? <SkeletonLine width={[45, 60, 52][index % 3] ?? 50} /> : undefined}
            />
          );
        })}
      </ol>
    </div>
  );
}

function WrittenDraft({ run }: { run: LiveRun }): ReactNode {
  const { t } = useSpeech();
  return (
    <Step title={t('step_draft')} state="waiting" summary={t('draftLive')}>
      {run.discarded.map(({ attempt, problem }) => (
        <p key={`${attempt} ${problem}`} className="text-table text-muted">
          {t('draftDiscarded', { n: attempt, reason: problem })}
        </p>
      ))}
      {run.draft === '' ? <SkeletonLine width={70} /> : <MessageBlock byMachine>{run.draft}</MessageBlock>}
    </Step>
  );
}
