import { type ReactNode, useId } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { citedPieces } from '../../lib/citations.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { score } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { MessageBlock } from '../message-block.tsx';
import { Marked } from './marked.tsx';
import { Step } from './step.tsx';

export function DraftStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, name } = useSpeech();
  const failure = run?.verdicts.answering?.modelFailure ?? null;
  const { answer, method, tone } = interaction;
  if (answer === null)
    return (
      <Step
        title={t('step_draft')}
        state="skipped"
        summary={failure === null ? t('draftNone') : t('draftNoneModel', { reason: failure })}
      />
    );
  return (
    <Step
      title={t('step_draft')}
      state="done"
      ms={run?.milliseconds.answering}
      summary={t('draftBy', {
        method: method ? name('method', method) : '–',
        tone: tone ? name('tone', tone).toLocaleLowerCase() : '–',
      })}
    >
      <CitedAnswer answer={answer} interaction={interaction} />
      {failure === null ? null : <p className="text-table text-attention">{t('modelFailure', { reason: failure })}</p>}
      <EarlierAttempts interaction={interaction} run={run} />
    </Step>
  );
}

/** The draft with its numbered marks, and the quotes that they jump to. */
function CitedAnswer({ answer, interaction }: { answer: string; interaction: Interaction }): ReactNode {
  const { t } = useSpeech();
  const uid = useId();
  const lang = contentLanguage(interaction.language);
  const { citations } = interaction;
  const jump = (n: number): void => {
    const quote = document.getElementById(`${uid}-${n}`);
    quote?.scrollIntoView({ block: 'nearest' });
    quote?.focus({ preventScroll: true });
  };
  return (
    <>
      <MessageBlock lang={lang} byMachine>
        {citedPieces(answer, citations).map((piece, index) =>
          'text' in piece ? (
            piece.text
          ) : (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one answer never move
              key={index}
              type="button"
              onClick={() => jump(piece.mark)}
              aria-label={t('toSource', { n: piece.mark, document: citations[piece.mark - 1]?.document ?? '' })}
              className="mx-0.5 inline-grid h-4.5 min-w-4.5 place-items-center rounded bg-accent-soft px-1 align-[1px] text-label text-accent tabular-nums hover:underline pointer-coarse:h-6 pointer-coarse:min-w-6"
            >
              {piece.mark}
            </button>
          ),
        )}
      </MessageBlock>
      {citations.length === 0 ? null : (
        <section aria-label={t('sources')}>
          <p className="text-label text-muted">{t('sources')}</p>
          <ol className="text-table">
            {citations.map((citation, index) => (
              <li
                key={`${citation.heading} ${citation.quote}`}
                id={`${uid}-${index + 1}`}
                tabIndex={-1}
                className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-1 rounded px-1 py-1 focus:bg-accent-soft"
              >
                <span className="text-muted tabular-nums">{index + 1}</span>
                <span>
                  <q lang={lang} className="[overflow-wrap:anywhere]">
                    <Marked text={citation.quote} />
                  </q>
                  <span className="block text-label text-muted">
                    {citation.heading.startsWith(citation.document)
                      ? citation.heading
                      : `${citation.document} › ${citation.heading}`}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** Attempts that were not good enough, with what was wrong; the texts come from the trace. */
function EarlierAttempts({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
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
