import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { milliseconds } from '../../lib/format.ts';
import { useSpeech, type WordKey } from '../../lib/i18n/index.ts';
import type { Run } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { MessageBlock } from '../message-block.tsx';
import { Meter } from '../meter.tsx';
import { DecisionStep, RoutingStep } from './decision-steps.tsx';
import { DraftStep } from './draft-step.tsx';
import { GuardrailStep } from './guardrail-step.tsx';
import { IntakeStep } from './intake-step.tsx';
import { JudgeStep } from './judge-step.tsx';
import { KnowledgeStep } from './knowledge-step.tsx';
import { outcomeOf, totalMilliseconds } from './outcome.ts';
import { Facts, Step } from './step.tsx';
import { TextFeatures } from './text-features.tsx';
import { TriageStep } from './triage-step.tsx';

/** The names of the steps, in the order in which they are shown. */
export const shownSteps = [
  'step_intake',
  'step_triage',
  'step_knowledge',
  'step_draft',
  'step_judge',
  'step_guardrail',
  'step_decision',
  'step_routing',
  'step_reply',
] as const satisfies readonly WordKey[];

/** Everything that happened to one message, step by step. Without `run` it shows what the answer itself holds. */
export function RunSteps({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t } = useSpeech();
  const resolved = outcomeOf(interaction, run) === 'resolve';
  return (
    <>
      <ol>
        <IntakeStep interaction={interaction} run={run} />
        <TriageStep interaction={interaction} run={run} />
        <KnowledgeStep interaction={interaction} run={run} />
        <DraftStep interaction={interaction} run={run} />
        <JudgeStep interaction={interaction} run={run} />
        <GuardrailStep interaction={interaction} run={run} />
        <DecisionStep interaction={interaction} run={run} />
        <RoutingStep interaction={interaction} run={run} />
        <Step
          title={t('step_reply')}
          state="done"
          summary={
            <span id={replyId(interaction)} tabIndex={-1}>
              {t(interaction.final_answer === '' ? 'replyNone' : resolved ? 'replyAnswer' : 'replyHandover')}
            </span>
          }
        >
          {interaction.final_answer === '' ? undefined : (
            <MessageBlock lang={contentLanguage(interaction.language)} byMachine>
              {interaction.final_answer}
            </MessageBlock>
          )}
        </Step>
      </ol>
      <TextFeatures ticketId={interaction.ticket_id} />
      <Timings interaction={interaction} />
    </>
  );
}

export const replyId = (interaction: Interaction): string => `reply-${interaction.interaction_id}`;

function Timings({ interaction }: { interaction: Interaction }): ReactNode {
  const { t, name, language } = useSpeech();
  const total = totalMilliseconds(interaction.timings_ms);
  const parts = Object.entries(interaction.timings_ms).filter(([part]) => part !== 'total');
  return (
    <Fold
      className="mt-6 border-t"
      summary={
        <span className="text-table">
          {t('step_timings')} · {t('inTotal', { time: milliseconds(total, language) })}
        </span>
      }
    >
      <div className="pb-3 pl-6">
        {parts.map(([part, ms]) => (
          <Meter
            key={part}
            label={name('timing', part)}
            value={total > 0 ? ms / total : 0}
            text={milliseconds(ms, language)}
            tone="muted"
          />
        ))}
        <div className="mt-2">
          <Facts
            rows={Object.entries(interaction.versions).map(([part, version]) => [
              part,
              <code key={part}>{version}</code>,
            ])}
          />
        </div>
      </div>
    </Fold>
  );
}
