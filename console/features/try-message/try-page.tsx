import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import type { AnswerRequest } from '../../../src/api/contract/index.ts';
import { useLasting } from '../../lib/browser.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { outcomeOf } from '../../ui/run/outcome.ts';
import { EmptyState } from '../../ui/states.tsx';
import { ExampleList } from './example-list.tsx';
import { MessageForm } from './message-form.tsx';
import { Result } from './result.tsx';
import { lastAnswerQuery, useSending, useSendMessage } from './send-message.ts';
import { WaitingSteps } from './waiting-steps.tsx';

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
  const run = answer && client.getQueryData(traceQuery(answer.ticket_id).queryKey);

  return (
    <>
      <title>{`${t('tryTitle')} · Signalbox`}</title>
      <PageHead title={t('tryTitle')} note={t('tryIntro')} />
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
            {!sending && answer ? t('resultReady', { outcome: t(`outcome_${outcomeOf(answer, run)}`) }) : ''}
          </p>
          {waiting ? (
            <WaitingSteps />
          ) : answer ? (
            <Result interaction={answer} />
          ) : (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
          )}
        </section>
      </div>
    </>
  );
}
