import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../lib/i18n/index.ts';
import { useStored } from '../../lib/stored.ts';
import { Button } from '../../ui/button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { TryTabs } from '../../ui/try-tabs.tsx';
import { type ChatConnection, type ChatState, openChat } from './chat-connection.ts';
import { ChatMessages } from './chat-messages.tsx';
import { SayForm } from './say-form.tsx';
import { type ChatSession, chatQuery, newSession, sessionStore } from './session.ts';

/** A conversation as a customer has it, with the steps of each answer beside it. */
export function ConversationPage(): ReactNode {
  const { t } = useSpeech();
  const session = useStored(sessionStore);
  return (
    <>
      <title>{`${t('conversationTitle')} · Signalbox`}</title>
      <PageHead
        title={t('tryTitle')}
        action={
          <Button onClick={() => sessionStore.write(newSession())}>
            <span aria-hidden="true" className="sm:hidden">
              {t('newConversationShort')}
            </span>
            <span className="max-sm:sr-only">{t('newConversation')}</span>
          </Button>
        }
      >
        <TryTabs />
      </PageHead>
      <Conversation key={session.id} session={session} />
    </>
  );
}

function Conversation({ session }: { session: ChatSession }): ReactNode {
  const { t } = useSpeech();
  const chat = useChat(session);
  const said = useQuery(chatQuery(session));
  return (
    <div className="flex max-w-3xl flex-col gap-5 px-4 py-5 sm:px-6">
      <p className="text-muted">{t('conversationIntro')}</p>
      {said.isError ? <ErrorState error={said.error} onRetry={() => void said.refetch()} /> : null}
      <ChatMessages items={said.data?.items ?? []} typing={chat.typing} escalated={said.data?.escalated ?? false} />
      {chat.problem === '' ? null : (
        <p role="alert" lang="en" className="text-critical">
          {chat.problem}
        </p>
      )}
      <SayForm open={chat.state === 'open'} onSay={chat.say} />
      <p role="status" className="text-table text-attention">
        {chat.state === 'lost' ? t('chatLost') : ''}
      </p>
    </div>
  );
}

interface Chat {
  state: ChatState;
  typing: boolean;
  problem: string;
  say: (message: string) => boolean;
}

function useChat(session: ChatSession): Chat {
  const client = useQueryClient();
  const connection = useRef<ChatConnection>(undefined);
  const [state, setState] = useState<ChatState>('connecting');
  const [typing, setTyping] = useState(false);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const renew = () => void client.invalidateQueries({ queryKey: ['chat', session.id] });
    const opened = openChat(session.id, {
      token: () => sessionStore.read().token,
      onState: (next) => {
        setState(next);
        if (next === 'open') renew();
        else setTyping(false);
      },
      onFrame: (frame) => {
        if (frame.type === 'session') sessionStore.write({ id: frame.session_id, token: frame.token });
        else if (frame.type === 'typing') setTyping(frame.status);
        else if (frame.type === 'error') setProblem(frame.message);
        if (frame.type !== 'error') renew();
      },
    });
    connection.current = opened;
    return () => opened.close();
  }, [client, session.id]);
  const say = (message: string): boolean => {
    setProblem('');
    return connection.current?.say(message) ?? false;
  };
  return { state, typing, problem, say };
}
