import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { TicketFeatures } from '../../../src/api/contract/index.ts';
import { number, percent } from '../../lib/format.ts';
import { type Speech, useSpeech } from '../../lib/i18n/index.ts';
import { featuresQuery } from '../../lib/read-features.ts';
import { Fold } from '../fold.tsx';
import { SkeletonLine } from '../skeleton.tsx';
import { ErrorState } from '../states.tsx';
import { Facts } from './step.tsx';

/** Entities, patterns, topics and style of the ticket's text, and similar tickets; asked for when it is opened. */
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
        rows={[
          ...entityRows(features, speech),
          ...patternRows(features, speech),
          ...topicRows(features, speech),
          ...styleRows(features, speech),
        ]}
      />
      {features.examples.length > 0 ? <Examples features={features} speech={speech} /> : null}
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

/** How many of a topic's words are enough to know it by. */
const wordsShown = 5;

function topicRows({ topics }: TicketFeatures, { t, language }: Speech): Row[] {
  if (topics.length === 0) return [];
  const about = topics.map(({ topic, share, words }) => (
    <li key={topic}>
      {words.slice(0, wordsShown).join(', ')}{' '}
      <span className="text-muted tabular-nums">({percent(share, language)})</span>
    </li>
  ));
  return [
    [
      t('topics'),
      <ul key="topics" className="flex flex-col gap-1">
        {about}
      </ul>,
    ],
  ];
}

/** Tickets the model learned from: words of other customers, shown as they were kept. */
function Examples({ features, speech }: { features: TicketFeatures; speech: Speech }): ReactNode {
  const { t, name, language } = speech;
  return (
    <section className="mt-3 text-table">
      <h4 className="text-muted">{t('similarTickets')}</h4>
      <ul className="mt-1 flex flex-col gap-1">
        {features.examples.map(({ excerpt, category, similarity }) => (
          <li key={excerpt} className="[overflow-wrap:anywhere]">
            <q>{excerpt}</q>{' '}
            <span className="text-muted tabular-nums">
              {t('similarTo', { category: name('category', category), percent: percent(similarity, language) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
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
