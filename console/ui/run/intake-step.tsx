import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { percent } from '../../lib/format.ts';
import { type Speech, useSpeech } from '../../lib/i18n/index.ts';
import type { CustomerShown, Run, Verdicts } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { Facts, Step } from './step.tsx';

/** Who writes, in which language, and what of the message the machine does not read. */
export function IntakeStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const speech = useSpeech();
  const intake = run?.verdicts.intake;
  return (
    <Step
      title={speech.t('step_intake')}
      state={intake && intake.setAside.length > 0 ? 'attention' : 'done'}
      ms={run?.milliseconds.intake}
      summary={languageSentence(interaction, intake?.languageConfidence, speech)}
    >
      {intake ? <Found intake={intake} /> : undefined}
    </Step>
  );
}

function Found({ intake }: { intake: NonNullable<Verdicts['intake']> }): ReactNode {
  const { t, name } = useSpeech();
  return (
    <>
      <p>{t(intake.customerId === null ? 'customerNone' : intake.customerKnown ? 'customerKnown' : 'customerNew')}</p>
      {intake.customer ? <CustomerFacts customer={intake.customer} /> : null}
      {intake.setAside.length === 0 ? null : (
        <Fold summary={<span className="text-table text-attention">{t('setAside')}</span>}>
          <ul className="list-disc pb-2 pl-10 text-table text-muted">
            {intake.setAside.map(({ kind, text }) => (
              <li key={`${kind} ${text}`} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                <span className="font-semibold">{name('setAside', kind)}</span>
                {`: ${text}`}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}

function CustomerFacts({ customer }: { customer: CustomerShown }): ReactNode {
  const { t, name, count } = useSpeech();
  const rows: [string, ReactNode][] = [
    ...(customer.name === null ? [] : ([[t('customerName'), customer.name]] as [string, ReactNode][])),
    [t('customerTier'), name('tier', customer.tier)],
    [t('customerStyle'), name('style', customer.style)],
    [t('customerStage'), name('stage', customer.stage)],
  ];
  if (customer.earlier.length > 0)
    rows.push([t('customerEarlier'), customer.earlier.map(({ subject }) => subject).join(' · ')]);
  if (customer.turns.length > 0) rows.push([t('customerTurns'), count('turnCount', customer.turns.length)]);
  return <Facts rows={rows} />;
}

function languageSentence(interaction: Interaction, confidence: number | undefined, speech: Speech): string {
  const language = speech.name('language', interaction.language);
  if (confidence === undefined) return language;
  if (confidence === 1) return speech.t('languageNamed', { language });
  return speech.t('languageDetected', { language, percent: percent(confidence, speech.language) });
}
