import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { percent, score } from '../../lib/format.ts';
import { type Speech, useSpeech } from '../../lib/i18n/index.ts';
import type { Run, Verdicts } from '../../lib/verdicts.ts';
import { Meter } from '../meter.tsx';
import { Tag, type TagTone } from '../tag.tsx';
import { Facts, Step } from './step.tsx';

type Triage = NonNullable<Verdicts['triage']>;

/** The borders of api.md: critical is S > 0.8 strictly, high > 0.5, low < 0.35. */
function urgencyLevel(s: number): 'critical' | 'high' | 'medium' | 'low' {
  if (s > 0.8) return 'critical';
  if (s > 0.5) return 'high';
  return s < 0.35 ? 'low' : 'medium';
}
const urgencyTones = {
  critical: 'critical',
  high: 'attention',
  medium: 'neutral',
  low: 'neutral',
} as const satisfies Record<string, TagTone>;

const quoted = (words: readonly string[], { language }: Speech): string =>
  [...new Map(words.map((w) => [w.toLocaleLowerCase(language), w])).values()]
    .map((w) => (language === 'de' ? `„${w}“` : `“${w}”`))
    .join(', ');

export function TriageStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const speech = useSpeech();
  const { t, name, language } = speech;
  const triage = run?.verdicts.triage;
  const abstained = triage?.abstained ?? interaction.abstained;
  const category = name('category', triage?.category ?? interaction.category);
  const confidence = triage?.confidence ?? interaction.router_confidence;
  const finding = t(abstained ? 'abstained' : 'categoryGuess', { category, percent: percent(confidence, language) });
  return (
    <Step
      title={t('step_triage')}
      state={abstained ? 'attention' : 'done'}
      ms={run?.milliseconds.triage}
      summary={finding}
    >
      {triage && triage.categoryCues.length > 0 ? (
        <p>{t('becauseOf', { words: quoted(triage.categoryCues, speech) })}</p>
      ) : null}
      <div>
        <Meter label={category} value={confidence} text={percent(confidence, language)} strong />
        {(triage?.alternatives ?? [])
          .filter((a) => a.category !== (triage?.category ?? interaction.category))
          .slice(0, 3)
          .map((a) => (
            <Meter
              key={a.category}
              label={name('category', a.category)}
              value={a.confidence}
              text={percent(a.confidence, language)}
              tone="muted"
            />
          ))}
      </div>
      {triage ? <Facts rows={triageFacts(triage, speech)} /> : null}
    </Step>
  );
}

function triageFacts(triage: Triage, speech: Speech): [string, ReactNode][] {
  const { t, name, language } = speech;
  const level = urgencyLevel(triage.urgencyScore);
  const signals = (['wantsPerson', 'frustration', 'notWorking', 'thanks'] as const).filter((s) => triage.signals[s]);
  return [
    [
      t('urgency'),
      <span key="urgency" className="flex flex-wrap items-center gap-x-2">
        <span className="tabular-nums">{score(triage.urgencyScore, language)}</span>
        <Tag tone={urgencyTones[level]} {...(level === 'critical' ? { icon: 'attention' } : {})}>
          {t(`urgency_${level}`)}
        </Tag>
        {triage.urgencyCues.length > 0 ? (
          <span>{t('becauseOf', { words: quoted(triage.urgencyCues, speech) })}</span>
        ) : null}
      </span>,
    ],
    [t('priority'), name('priority', triage.priority)],
    [t('department'), name('department', triage.department)],
    [t('sentiment'), name('sentiment', triage.sentiment)],
    ...(signals.length > 0
      ? [[t('signals'), signals.map((s) => t(`signal_${s}`)).join(', ')] as [string, ReactNode]]
      : []),
  ];
}
