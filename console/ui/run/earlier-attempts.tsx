import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { score } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { MessageBlock } from '../message-block.tsx';

/** Attempts that were not good enough, with what was wrong; the texts come from the trace. */
export function EarlierAttempts({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, count, language } = useSpeech();
  const texts = run?.verdicts.answering?.attempts;
  const discarded = interaction.attempt_log
    .map((attempt, index) => ({ ...attempt, text: texts?.[index]?.draft?.text ?? null }))
    .filter((attempt) => attempt.problem !== null && attempt.text !== interaction.answer);
  if (discarded.length === 0) return null;
  return (
    <Fold summary={<span className="text-table">{count('earlierAttempts', discarded.length)}</span>}>
      <ol className="flex flex-col gap-3 pb-2 pl-6 text-table">
        {discarded.map((attempt) => (
          <li key={`${attempt.strategy} ${attempt.problem}`}>
            <p>
              {attempt.strategy ? <span className="font-semibold">{attempt.strategy}</span> : null}
              {attempt.judge_score === null
                ? null
                : ` · ${t('judgeScore', { score: score(attempt.judge_score, language) })}`}
            </p>
            <p className="text-muted">{attempt.problem}</p>
            {attempt.text === null ? null : (
              <MessageBlock lang={contentLanguage(interaction.language)} byMachine>
                {attempt.text}
              </MessageBlock>
            )}
          </li>
        ))}
      </ol>
    </Fold>
  );
}
