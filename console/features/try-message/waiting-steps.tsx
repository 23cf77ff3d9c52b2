import { type ReactNode, useState } from 'react';
import { useNow } from '../../lib/browser.ts';
import { number } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { shownSteps } from '../../ui/run/run-steps.tsx';
import { Step } from '../../ui/run/step.tsx';
import { SkeletonLine } from '../../ui/skeleton.tsx';

/** The steps of a run that is under way. The answer comes in one piece, so no step is called done before it is. */
export function WaitingSteps(): ReactNode {
  const { t, language } = useSpeech();
  const [since] = useState(Date.now);
  const seconds = Math.max(0, (useNow(100) - since) / 1000);
  return (
    <div>
      <p className="mb-4 flex justify-between gap-4 text-muted">
        <span>{t('waitingText')}</span>
        <span aria-hidden="true" className="whitespace-nowrap tabular-nums">
          {t('waitingSince', { seconds: number(seconds, language, 1) })}
        </span>
      </p>
      <ol>
        {shownSteps.map((step, index) => (
          <Step
            key={step}
            title={t(step)}
            state="waiting"
            summary={<SkeletonLine width={[45, 60, 52][index % 3] ?? 50} />}
          />
        ))}
      </ol>
    </div>
  );
}
