import type { ReactNode } from 'react';
import { useSpeech } from '../lib/i18n/index.ts';

/** A message as plain text, at most 72 characters a line. The machine's has a side line and says so. */
export function MessageBlock({
  lang,
  byMachine = false,
  children,
}: {
  lang?: string | undefined;
  byMachine?: boolean;
  children: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <div className={byMachine ? 'border-l-2 border-machine pl-3' : ''}>
      {byMachine ? <p className="text-label text-machine">{t('machine')}</p> : null}
      <p lang={lang} className="max-w-[72ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
        {children}
      </p>
    </div>
  );
}
