import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useSpeech, type WordKey } from '../lib/i18n/index.ts';
import { railPreference } from '../lib/preferences.ts';
import { healthQuery } from '../lib/read-health.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { useStored } from '../lib/stored.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Toasts } from '../ui/toast.tsx';
import { DisplayDialog } from './display-dialog.tsx';
import logo from './icon.svg';
import { KeysDialog } from './keys-dialog.tsx';

const entries: readonly { path: string; also?: string; words: WordKey; icon: IconName }[] = [
  { path: '/', also: '/conversation', words: 'navTry', icon: 'try' },
  { path: '/interactions', words: 'navInteractions', icon: 'interactions' },
];

/** The rail at the left: 200 px, 56 when collapsed or when the window is narrow, a bar at the bottom on a phone. */
export function Frame({ children }: { children: ReactNode }): ReactNode {
  const { t } = useSpeech();
  const collapsed = useStored(railPreference);
  const [dialog, setDialog] = useState<'display' | 'keys' | null>(null);
  useShortcuts({ '?': () => setDialog('keys') });
  const focusPage = (): void => document.getElementById('main')?.focus();
  return (
    <div
      data-collapsed={collapsed || undefined}
      className="group/frame grid min-h-full max-sm:grid-cols-[minmax(0,1fr)] max-sm:grid-rows-[1fr_auto] sm:grid-cols-[3.5rem_minmax(0,1fr)] lg:grid-cols-[12.5rem_minmax(0,1fr)] lg:data-collapsed:grid-cols-[3.5rem_minmax(0,1fr)]"
    >
      <button
        type="button"
        onClick={focusPage}
        className="sr-only focus-visible:not-sr-only focus-visible:fixed! focus-visible:top-2 focus-visible:left-2 focus-visible:z-30 focus-visible:rounded focus-visible:border focus-visible:bg-surface focus-visible:p-3"
      >
        {t('skip')}
      </button>
      <nav
        aria-label={t('navMain')}
        className="z-10 bg-canvas max-sm:sticky max-sm:bottom-0 max-sm:order-2 max-sm:flex max-sm:border-t sm:sticky sm:top-0 sm:flex sm:h-dvh sm:flex-col sm:border-r sm:p-2"
      >
        <p className="flex h-10 items-center gap-2 px-2.5 font-semibold max-sm:hidden">
          <img src={logo} alt="" className="size-5" />
          <RailWord>Signalbox</RailWord>
        </p>
        <ul className="flex max-sm:flex-2 sm:mt-2 sm:flex-col sm:gap-0.5">
          {entries.map(({ path, also, words, icon }) => (
            <li key={path} className="max-sm:flex-1">
              <RailLink path={path} also={also} icon={icon} words={t(words)} />
            </li>
          ))}
        </ul>
        <div className="flex max-sm:flex-1 sm:mt-auto sm:flex-col sm:gap-0.5">
          <HealthLine />
          <a href="/docs" className={`${railItem} text-muted max-sm:hidden`} title={t('navApi')}>
            <Icon name="api" />
            <RailWord>{t('navApi')}</RailWord>
          </a>
          <RailButton icon="keys" words={t('keysHint')} onClick={() => setDialog('keys')} className="max-sm:hidden" />
          <RailButton
            icon="display"
            words={t('display')}
            onClick={() => setDialog('display')}
            className="max-sm:flex-1"
          />
          <RailButton
            icon={collapsed ? 'expand' : 'collapse'}
            words={t(collapsed ? 'expandRail' : 'collapseRail')}
            onClick={() => railPreference.write(!collapsed)}
            className="max-lg:hidden"
          />
        </div>
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none!">
        {children}
      </main>
      <Toasts />
      {dialog === 'display' ? <DisplayDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'keys' ? <KeysDialog onClose={() => setDialog(null)} /> : null}
    </div>
  );
}

const railItem =
  'control flex w-full items-center gap-2.5 px-3 text-left hover:bg-sunken max-sm:h-14 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:rounded-none max-sm:px-1 max-sm:text-label';

/** Beside an icon; on a narrow rail it is read but not seen. */
function RailWord({ children }: { children: ReactNode }): ReactNode {
  return (
    <span className="truncate max-sm:max-w-full sm:max-lg:sr-only lg:group-data-collapsed/frame:sr-only">
      {children}
    </span>
  );
}

function RailLink({
  path,
  also,
  icon,
  words,
}: {
  path: string;
  also: string | undefined;
  icon: IconName;
  words: string;
}): ReactNode {
  const [location] = useLocation();
  const here = location === path || location === also;
  return (
    <Link
      href={path}
      title={words}
      aria-current={here ? 'page' : undefined}
      className={`${railItem} ${here ? 'bg-accent-soft font-semibold text-accent hover:bg-accent-soft' : ''}`}
    >
      <Icon name={icon} />
      <RailWord>{words}</RailWord>
    </Link>
  );
}

function RailButton({
  icon,
  words,
  onClick,
  className = '',
}: {
  icon: IconName;
  words: string;
  onClick: () => void;
  className?: string;
}): ReactNode {
  return (
    <button type="button" title={words} onClick={onClick} className={`${railItem} text-muted ${className}`}>
      <Icon name={icon} />
      <RailWord>{words}</RailWord>
    </button>
  );
}

const healthLooks = {
  healthy: { icon: 'check', tone: 'text-good' },
  degraded: { icon: 'attention', tone: 'text-attention' },
  unhealthy: { icon: 'attention', tone: 'text-critical' },
  unreachable: { icon: 'cross', tone: 'text-critical' },
} as const;

function HealthLine(): ReactNode {
  const { t } = useSpeech();
  const health = useQuery(healthQuery);
  if (health.isPending) return <span className="h-9 max-sm:hidden" />;
  const status = health.isError ? 'unreachable' : health.data.status;
  const { icon, tone } = healthLooks[status];
  const faults = Object.entries(health.data?.components ?? {})
    .filter(([, c]) => c.status === 'down' || c.status === 'degraded')
    .map(([part, c]) => `${part}: ${c.detail}`);
  return (
    <p
      role="status"
      title={[t(`health_${status}`), ...faults].join('\n')}
      className={`${railItem} cursor-default text-table hover:bg-transparent max-sm:hidden ${tone}`}
    >
      <Icon name={icon} />
      <RailWord>{t(`health_${status}`)}</RailWord>
    </p>
  );
}
