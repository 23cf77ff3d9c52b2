import type { ReactNode } from 'react';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { score } from '../../lib/format.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import type { Run } from '../../lib/verdicts.ts';
import { Fold } from '../fold.tsx';
import { Marked } from './marked.tsx';
import { Step } from './step.tsx';

export function KnowledgeStep({ interaction, run }: { interaction: Interaction; run: Run | undefined }): ReactNode {
  const { t, count, language } = useSpeech();
  const hits = interaction.kb_hits;
  const best = Math.max(0, ...hits.map((h) => h.score));
  const found = run?.verdicts.knowledge?.found ?? hits.length > 0;
  return (
    <Step
      title={t('step_knowledge')}
      state={found ? 'done' : 'attention'}
      ms={run?.milliseconds.knowledge}
      summary={
        hits.length === 0
          ? t('passagesNone')
          : found
            ? count('passagesFound', hits.length, { score: score(best, language) })
            : t('passagesWeak')
      }
    >
      {hits.length === 0 ? undefined : (
        <ul className="divide-y border-y text-table">
          {hits.map((hit) => (
            <li key={`${hit.heading} ${hit.text}`}>
              <Fold summary={<PassageTitle hit={hit} />}>
                <p className="max-w-[72ch] pb-3 pl-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
                  <Marked text={hit.text} />
                </p>
              </Fold>
            </li>
          ))}
        </ul>
      )}
    </Step>
  );
}

function PassageTitle({ hit }: { hit: Interaction['kb_hits'][number] }): ReactNode {
  const { t, language } = useSpeech();
  return (
    <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 py-1">
      <span className="min-w-0">
        <span className="block truncate">{lastHeading(hit.heading)}</span>
        <span className="block truncate text-label text-muted">{hit.document}</span>
      </span>
      <span className="tabular-nums" title={t('relevance')}>
        <span className="sr-only">{t('relevance')} </span>
        {score(hit.score, language)}
      </span>
    </span>
  );
}

/** Headings run from the document's title down; the title stands below already. */
const lastHeading = (heading: string): string => heading.split(' › ').slice(1).join(' › ') || heading;
