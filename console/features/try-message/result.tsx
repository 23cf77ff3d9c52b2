import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { milliseconds } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { Button } from '../../ui/button.tsx';
import { outcomeOf, totalMilliseconds } from '../../ui/run/outcome.ts';
import { RunSteps, replyId } from '../../ui/run/run-steps.tsx';
import { Tag } from '../../ui/tag.tsx';

export function Result({ interaction }: { interaction: Interaction }): ReactNode {
  const { t, language } = useSpeech();
  const trace = useQuery(traceQuery(interaction.ticket_id));
  const outcome = outcomeOf(interaction, trace.data);
  const toReply = (): void => {
    const reply = document.getElementById(replyId(interaction));
    reply?.scrollIntoView({ block: 'start' });
    reply?.focus({ preventScroll: true });
  };
  return (
    <div key={interaction.interaction_id} className="animate-appear">
      <p lang={contentLanguage(interaction.language)} className="mb-2 truncate text-muted" title={interaction.message}>
        {interaction.message}
      </p>
      <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 border-b pb-3">
        <Tag tone={outcome === 'resolve' ? 'good' : 'attention'} icon={outcome === 'resolve' ? 'check' : 'person'}>
          {t(`outcome_${outcome}`)}
        </Tag>
        <span className="text-muted tabular-nums">
          {t('inTotal', { time: milliseconds(totalMilliseconds(interaction.timings_ms), language) })}
        </span>
        <Button look="quiet" className="ml-auto" onClick={toReply}>
          {t('toReply')}
        </Button>
      </div>
      {trace.isError ? <p className="mb-4 text-attention">{t('traceFailed')}</p> : null}
      <RunSteps interaction={interaction} run={trace.data} />
    </div>
  );
}
