import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { conversationRoutes } from '../../../src/api/contract/index.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { MessageBlock } from '../../ui/message-block.tsx';
import { LastRun } from './last-run.tsx';

type ChatMessage = z.output<(typeof conversationRoutes.chatMessages)['response'][200]>['items'][number];

export function ChatMessages({
  items,
  typing,
  escalated,
}: {
  items: readonly ChatMessage[];
  typing: boolean;
  escalated: boolean;
}): ReactNode {
  const { t } = useSpeech();
  const newest = items.findLast(({ author }) => author === 'ai');
  return (
    <div>
      <h2 id="said" className="sr-only">
        {t('conversationTitle')}
      </h2>
      <ol aria-labelledby="said" aria-live="polite" className="flex flex-col gap-4">
        {items.map((item) => (
          <li key={item.id}>
            <Said item={item} />
            {item.id === newest?.id ? <LastRun ticketId={item.ticket_id} messageId={item.id} /> : null}
          </li>
        ))}
      </ol>
      <p role="status" className="mt-3 min-h-6 text-muted">
        {typing ? t('machineWrites') : escalated && items.length > 0 ? t('personHasIt') : ''}
      </p>
    </div>
  );
}

function Said({ item }: { item: ChatMessage }): ReactNode {
  const { t } = useSpeech();
  // What the system says by itself is no word of the team: a machine says so.
  if (item.author === 'ai' || item.author === 'system') return <MessageBlock byMachine>{item.text}</MessageBlock>;
  const who = item.author === 'customer' ? t('said_customer') : t('said_agent');
  return (
    <div className={item.author === 'customer' ? 'rounded bg-sunken px-3 py-2' : ''}>
      <p className="text-label text-muted">{who}</p>
      <p className="max-w-[72ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{item.text}</p>
    </div>
  );
}
