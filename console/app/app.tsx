import type { ReactNode } from 'react';
import { Link, Route, Router, Switch } from 'wouter';
import { ConversationPage } from '../features/conversation/conversation-page.tsx';
import { InteractionsPage } from '../features/interactions/interactions-page.tsx';
import { TryPage } from '../features/try-message/try-page.tsx';
import { useSpeech } from '../lib/i18n/index.ts';
import { useConsolePath } from '../lib/location.ts';
import { buttonClass } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Frame } from './frame.tsx';

export function App(): ReactNode {
  return (
    <Router hook={useConsolePath} searchHook={useConsolePath.searchHook}>
      <Frame>
        <Switch>
          <Route path="/" component={TryPage} />
          <Route path="/conversation" component={ConversationPage} />
          <Route path="/interactions" component={InteractionsPage} />
          <Route component={NoSuchPage} />
        </Switch>
      </Frame>
    </Router>
  );
}

function NoSuchPage(): ReactNode {
  const { t } = useSpeech();
  return (
    <>
      <title>{`${t('notFoundTitle')} · Signalbox`}</title>
      <PageHead title={t('notFoundTitle')} />
      <div className="px-4 sm:px-6">
        <EmptyState title={t('notFoundTitle')} text={t('notFoundText')}>
          <Link href="/" className={buttonClass('plain')}>
            {t('notFoundAction')}
          </Link>
        </EmptyState>
      </div>
    </>
  );
}
