import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { TicketFeatures } from '../../../src/api/contract/index.ts';
import { number } from '../../lib/format.ts';
import { type Speech, useSpeech } from '../../lib/i18n/index.ts';
import { featuresQuery } from '../../lib/read-features.ts';
import { Fold } from '../fold.tsx';
import { SkeletonLine } from '../skeleton.tsx';
import { ErrorState } from '../states.tsx';
import { Facts } from './step.tsx';

/** Entities, patterns and style of the ticket's text; asked for when it is opened. */
export function TextFeatures({ ticketId }: { ticketId: string }): ReactNode {
  const speech = useSpeech();
  const [opened, setOpened] = useState(false);
  const features = useQuery({ ...featuresQuery(ticketId), enabled: opened });
  return (
    <Fold
      className="mt-6 border-t"
      onOpen={() => setOpened(true)}
      summary={<span className="text-table">{speech.t('featuresTitle')}</span>}
    >
      <div className="pb-3 pl-6" aria-busy={features.isFetching}>
        {features.isError ? <ErrorState error={features.error} onRetry={() => void features.refetch()} /> : null}
        {opened && features.isPending ? <SkeletonLine width={60} /> : null}
        {features.data ? <Found features={features.data} speech={speech} /> : null}
      </div>
    </Fold>
  );
}

function Found({ features, speech }: { features: TicketFeatures; speech: Speech }): ReactNode {
  const { entities, patterns } = features;
  return (
    <>
      {entities.length + patterns.length === 0 ? <p className="mb-1 text-muted">{speech.t('featuresNone')}</p> : null}
      <Facts
        rows={[...entityRows(features, speech), ...patternRows(features, speech), ...styleRows(features, speech)]}
      />
    </>
  );
}

type Row = readonly [string, ReactNode];

/** A row for each kind; beside what is written the value, where it says more. */
function entityRows({ entities }: TicketFeatures, { name }: Speech): Row[] {
  const byKind = new Map<string, Set<string>>();
  for (const { kind, text, value } of entities) {
    const said = value.toLowerCase() === text.toLowerCase() || text.includes(value) ? text : `${text} (${value})`;
    byKind.set(kind, (byKind.get(kind) ?? new Set()).add(said));
  }
  return [...byKind].map(([kind, said]) => [name('entity', kind), [...said].join(', ')]);
}

function patternRows({ patterns }: TicketFeatures, { t, name }: Speech): Row[] {
  return patterns.length === 0 ? [] : [[t('patterns'), patterns.map((p) => name('pattern', p)).join(', ')]];
}

function styleRows({ style }: TicketFeatures, { t, count, language }: Speech): Row[] {
  const { readability, address } = style;
  const counts = [
    count('wordCount', style.words),
    count('sentenceCount', style.sentences),
    ...(style.questions > 0 ? [count('questionCount', style.questions)] : []),
    ...(style.requests > 0 ? [count('requestCount', style.requests)] : []),
  ];
  return [
    [t('textLength'), counts.join(', ')],
    ...(readability
      ? [[t('readability'), t(`readability_${readability.formula}`, { n: number(readability.score, language) })] as Row]
      : []),
    ...(address ? [[t('address'), t(`address_${address}`)] as Row] : []),
  ];
}
