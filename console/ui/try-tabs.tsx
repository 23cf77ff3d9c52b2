import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSpeech } from '../lib/i18n/index.ts';

const tabs = [
  { path: '/', words: 'tabMessage' },
  { path: '/conversation', words: 'tabConversation' },
] as const;

/** The two ways of trying: one message with all its steps, or a conversation as a customer has it. */
export function TryTabs(): ReactNode {
  const { t } = useSpeech();
  const [location] = useLocation();
  return (
    <nav aria-label={t('tryWays')} className="flex gap-1">
      {tabs.map(({ path, words }) => (
        <Link
          key={path}
          href={path}
          aria-current={location === path ? 'page' : undefined}
          className={`control inline-flex items-center px-3 ${location === path ? 'bg-accent-soft font-semibold text-accent' : 'text-muted hover:bg-sunken'}`}
        >
          {t(words)}
        </Link>
      ))}
    </nav>
  );
}
