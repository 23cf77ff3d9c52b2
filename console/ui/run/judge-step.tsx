import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { score } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run } from '../../lib/verdicts.ts';
import { Meter } from '../meter.tsx';
import { Step } from './step.tsx';

/** From here a draft is good enough (guardrail of the ledger). */
const enough = 0.5;
const scales = ['helpfulness', 'accuracy', 'clarity', 'relevance'] as const;

export function JudgeStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, language } = useSpeech();
  const verdict = run?.verdicts.answering?.judge;
  const { judge, judge_score: total, judge_reasoning: reasoning } = interaction;
  if (judge === null) return <Step title={t('step_judge')} state="skipped" summary={t('judgeNone')} />;
  const by = verdict ? `, ${t(`judgeBy_${verdict.kind}`)}` : '';
  return (
    <Step
      title={t('step_judge')}
      state={total < enough || verdict?.failure ? 'attention' : 'done'}
      summary={
        verdict?.failure
          ? t('judgeFailed', { reason: verdict.failure })
          : `${t('judgeScore', { score: score(total, language) })}${by}`
      }
    >
      <div>
        {scales.map((scale) => (
          <Meter
            key={scale}
            label={t(`judge_${scale}`)}
            value={judge[scale]}
            text={score(judge[scale], language)}
            tone={judge[scale] < enough ? 'attention' : 'accent'}
          />
        ))}
      </div>
      {reasoning ? (
        <p lang={reasoningLanguage(interaction, run)} className="max-w-[72ch] text-table">
          {reasoning}
        </p>
      ) : null}
      <Findings title={t('unansweredAsks')} items={verdict?.unansweredAsks ?? []} />
      <Findings title={t('unsupportedClaims')} items={verdict?.unsupportedClaims ?? []} />
    </Step>
  );
}

/** The rules write English; a language model is told to write German about a German message. */
const reasoningLanguage = (interaction: Interaction, run: Run | undefined): string =>
  run?.verdicts.answering?.judge?.kind === 'llm' && interaction.language === 'de' ? 'de' : 'en';

function Findings({ title, items }: { title: string; items: readonly string[] }): ReactNode {
  if (items.length === 0) return null;
  return (
    <div className="text-table">
      <p className="text-label text-attention">{title}</p>
      <ul className="list-disc pl-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
