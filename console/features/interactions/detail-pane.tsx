import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Interaction, ticketRoutes } from '../../../src/api/contract/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useMediaQuery } from '../../lib/browser.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { exactTime } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { MessageBlock } from '../../ui/message-block.tsx';
import { RunSteps } from '../../ui/run/run-steps.tsx';
import { SkeletonLine } from '../../ui/skeleton.tsx';
import { detailTitleId } from './interactions-table.tsx';

interface Props {
  interaction: Interaction | undefined;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
}

/** Beside the list where there is room for both, else over it. */
export function DetailPane({ interaction, onClose, onStep }: Props): ReactNode {
  const { t } = useSpeech();
  const wide = useMediaQuery('(width >= 80rem)');
  const content = interaction ? (
    <Detail interaction={interaction} onStep={onStep} />
  ) : (
    <p className="text-muted">{t('detailMissing')}</p>
  );
  if (!wide)
    return (
      <Dialog title={t('detailTitle')} place="side" keysThrough onClose={onClose}>
        {content}
      </Dialog>
    );
  return (
    <aside aria-labelledby={detailTitleId} className="sticky top-14 h-[calc(100dvh-3.5rem)] overflow-y-auto border-l">
      <div className="flex items-center justify-between gap-4 px-5 pt-3">
        <h2 id={detailTitleId} tabIndex={-1} className="text-body font-semibold">
          {t('detailTitle')}
        </h2>
        <Button look="quiet" onClick={onClose}>
          <span className="sr-only">{t('close')}</span>
          <KeyHint keys={['Esc']} />
          <Icon name="close" />
        </Button>
      </div>
      <div className="px-5 pb-6">{content}</div>
    </aside>
  );
}

function Detail({ interaction, onStep }: { interaction: Interaction; onStep: Props['onStep'] }): ReactNode {
  const { t, language } = useSpeech();
  const trace = useQuery(traceQuery(interaction.ticket_id));
  const address = addressOf(ticketRoutes.readTrace, { params: { id: interaction.ticket_id } });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-table text-muted tabular-nums">{exactTime(interaction.created_at, language)}</p>
        <div className="ml-auto flex gap-1">
          <Button look="quiet" onClick={() => onStep(-1)}>
            {t('previous')}
            <KeyHint keys={['K']} />
          </Button>
          <Button look="quiet" onClick={() => onStep(1)}>
            {t('next')}
            <KeyHint keys={['J']} />
          </Button>
        </div>
      </div>
      <div className="mb-5 border-b pb-4">
        <MessageBlock lang={contentLanguage(interaction.language)}>{interaction.message}</MessageBlock>
      </div>
      {trace.isPending ? (
        <div className="flex flex-col gap-6 py-2">
          {[40, 65, 50, 58, 44].map((width) => (
            <SkeletonLine key={width} width={width} />
          ))}
        </div>
      ) : (
        <>
          {trace.isError ? <p className="mb-4 text-attention">{t('traceFailed')}</p> : null}
          <RunSteps interaction={interaction} run={trace.data} />
        </>
      )}
      <a href={address} target="_blank" rel="noreferrer" className={`${buttonClass('plain')} mt-4`}>
        {t('openTrace')}
      </a>
    </>
  );
}
