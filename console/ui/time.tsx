import type { ReactNode } from 'react';
import { useNow } from '../lib/browser.ts';
import { exactTime, relativeTime } from '../lib/format.ts';
import { useSpeech } from '../lib/i18n/index.ts';

/** "4 min ago", the exact time on hover and for screen readers. */
export function TimeAgo({ at }: { at: string }): ReactNode {
  const { language } = useSpeech();
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={exactTime(at, language)} className="whitespace-nowrap">
      {relativeTime(at, now, language)}
    </time>
  );
}
