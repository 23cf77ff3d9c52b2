import type { ReactNode } from 'react';
import { useSpeech } from '../lib/i18n/index.ts';
import { dismissToast, useToasts } from '../lib/toasts.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';

/** Where toasts appear; stays in the page, so that screen readers hear what comes into it. */
export function Toasts(): ReactNode {
  const { t } = useSpeech();
  return (
    <div role="status" className="fixed inset-x-4 bottom-20 z-20 flex justify-center sm:bottom-4 pointer-events-none">
      {useToasts().map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex animate-appear items-center gap-2 rounded border bg-surface py-1 pr-1 pl-4 shadow-lg"
        >
          <span>{toast.text}</span>
          {toast.action ? (
            <Button
              look="quiet"
              className="font-semibold text-accent"
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          ) : null}
          <Button look="quiet" aria-label={t('dismiss')} onClick={() => dismissToast(toast.id)}>
            <Icon name="close" />
          </Button>
        </div>
      ))}
    </div>
  );
}
