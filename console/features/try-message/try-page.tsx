import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import type { AnswerRequest, Interaction } from '../../../src/api/contract/index.ts';
import { useLasting } from '../../lib/browser.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { outcomeOf } from '../../ui/run/outcome.ts';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { TryTabs } from '../../ui/try-tabs.tsx';
import { ExampleList } from './example-list.tsx';
import { LiveSteps } from './live-steps.tsx';
import { MessageForm } from './message-form.tsx';
import { Result } from './result.tsx';
import { lastAnswerQuery, useSending, useSendMessage } from './send-message.ts';

export function TryPage(): ReactNode {
  const { t } = useSpeech();
  const send = useSendMessage();
  const sending = useSending();
  const waiting = useLasting(sending, 150);
  const { data: answer } = useQuery(lastAnswerQuery);
  const client = useQueryClient();
  const results = useRef<HTMLHeadingElement>(null);

  const onSend = (request: AnswerRequest): void => {
    // Below the form on a narrow screen: whoever sent wants to see what comes.
    if (matchMedia('(width < 64rem)').matches) results.current?.focus();
    send.mutate(request);
  };
  const retry = (): void => {
    if (send.variables) onSend(send.variables);
  };
  const run = answer && client.getQueryData(traceQuery(answer.ticket_id).queryKey);

  const spoken = waiting
    ? t('waitingText')
    : answer && !send.isError
      ? t('resultReady', { outcome: t(`outcome_${outcomeOf(answer, run)}`) })
      : '';

  return (
    <>
      <title>{`${t('tryTitle')} · Signalbox`}</title>
      <PageHead title={t('tryTitle')} note={t('tryIntro')}>
        <TryTabs />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 px-4 py-5 sm:px-6 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,48rem)] lg:gap-10">
        <div className="flex flex-col gap-5">
          <ExampleList />
          <MessageForm sending={sending} error={send.error} onSend={onSend} />
        </div>
        <section aria-labelledby="result-title" aria-busy={sending}>
          <h2 id="result-title" ref={results} tabIndex={-1} className="mb-3 scroll-mt-16 text-body font-semibold">
            {t('resultTitle')}
          </h2>
          <p role="status" className="sr-only">
            {spoken}
          </p>
          <Outcome waiting={waiting} error={sending ? null : send.error} answer={answer} onRetry={retry} />
        </section>
      </div>
    </>
  );
}

interface OutcomeProps {
  waiting: boolean;
  error: Error | null;
  answer: Interaction | undefined;
  onRetry: () => void;
}

/** One of four: under way, failed, there, nothing yet. After a failure no older result stands there as if it were this one's. */
function Outcome({ waiting, error, answer, onRetry }: OutcomeProps): ReactNode {
  const { t } = useSpeech();
  if (waiting) return <LiveSteps />;
  if (error) return <ErrorState error={error} onRetry={onRetry} />;
  if (answer) return <Result interaction={answer} />;
  return <EmptyState title={t('emptyTitle')} text={t('emptyText')} />;
}
