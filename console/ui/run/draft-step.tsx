import { type ReactNode, useId } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { citedPieces } from '../../lib/citations.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { number } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run, Verdicts } from '../../lib/verdicts.ts';
import { Icon } from '../icons.tsx';
import { MessageBlock } from '../message-block.tsx';
import { EarlierAttempts } from './earlier-attempts.tsx';
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
      <Asks asks={run?.verdicts.answering?.asks ?? []} />
      <HowWritten answering={run?.verdicts.answering} />
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

/** What the customer asks for, and what became of it; a single ask that is answered goes without saying. */
function Asks({ asks }: { asks: NonNullable<Verdicts['answering']>['asks'] }): ReactNode {
  const { t } = useSpeech();
  if (asks.length < 2 && asks.every(({ outcome }) => outcome === 'answered')) return null;
  return (
    <section aria-label={t('asks')} className="text-table">
      <p className="text-label text-muted">{t('asks')}</p>
      <ul>
        {asks.map(({ ask, outcome }) => (
          <li key={ask} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-1 py-0.5">
            <Icon
              name={outcome === 'answered' ? 'check' : 'person'}
              className={`mt-0.5 ${outcome === 'answered' ? 'text-good' : 'text-attention'}`}
            />
            <span>
              {ask} <span className="text-muted">{t(`ask_${outcome}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function HowWritten({ answering }: { answering: Verdicts['answering'] }): ReactNode {
  const { t, count, name, language } = useSpeech();
  const words = (answering?.draft?.personalised ?? []).map((word) => name('personalised', word));
  const usage = answering?.usage;
  return (
    <>
      {words.length === 0 ? null : (
        <p className="text-table text-muted">{t('personalised', { words: words.join(', ') })}</p>
      )}
      {usage ? (
        <p className="text-table text-muted">
          {count('usage', usage.calls, {
            input: number(usage.inputTokens, language),
            output: number(usage.outputTokens, language),
          })}
          {usage.cost === null ? null : t('usageCost', { cost: number(usage.cost, language, 4) })}
        </p>
      ) : null}
    </>
  );
}
