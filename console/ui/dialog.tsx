import type { ReactNode } from 'react';
import { useSpeech } from '../lib/i18n/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** `side` fills the height at the right edge, on a phone the whole screen. */
  place?: 'middle' | 'side';
  /** Commands of the page behind stay in force, as J and K for the next message. */
  keysThrough?: boolean;
}

const places = {
  middle: 'm-auto w-[min(28rem,calc(100vw-2rem))] max-h-[calc(100dvh-2rem)] rounded border p-5 shadow-xl',
  side: 'ml-auto mr-0 my-0 h-dvh max-h-dvh w-screen max-w-none sm:max-w-xl border-l p-4 shadow-xl',
} as const;

/** The browser's own modal: it holds the focus, closes on Esc and gives the focus back. */
export function Dialog({ title, onClose, children, place = 'middle', keysThrough = false }: Props): ReactNode {
  const { t } = useSpeech();
  return (
    <dialog
      ref={(element) => {
        if (element && !element.open) element.showModal();
      }}
      aria-label={title}
      onClose={onClose}
      closedby="any"
      {...(keysThrough ? { 'data-keys-through': '' } : {})}
      className={`animate-appear overflow-y-auto bg-surface text-text ${places[place]}`}
    >
      <div className="mb-4 flex items-center justify-between gap-4">
        <h2 className="text-title font-semibold">{title}</h2>
        <Button look="quiet" onClick={onClose} aria-label={t('close')}>
          <Icon name="close" />
        </Button>
      </div>
      {children}
    </dialog>
  );
}
