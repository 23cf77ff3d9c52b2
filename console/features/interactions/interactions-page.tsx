import { useInfiniteQuery, usePrefetchInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { Link } from 'wouter';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { CsvDownload } from './csv-download.tsx';
import { DetailPane } from './detail-pane.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { addressOfView, apiFilters, type ChangeView, filterNames, useView, type View } from './filters.ts';
import { InteractionsTable, TableSkeleton } from './interactions-table.tsx';
import { interactionsQuery } from './list-interactions.ts';
import { useRowKeys } from './row-keys.ts';

export function InteractionsPage(): ReactNode {
  const { t, count } = useSpeech();
  const [view, change] = useView();
  const search = useRef<HTMLInputElement>(null);
  const filters = apiFilters(view);
  const query = interactionsQuery(filters);
  // After a reload the list is as long as the address says.
  usePrefetchInfiniteQuery({ ...query, pages: view.pages });
  const list = useInfiniteQuery(query);
  const rows: Interaction[] = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { close, step } = useRowKeys({ rows, view, change, search });

  const loadMore = async (): Promise<void> => {
    const loaded = await list.fetchNextPage();
    if (loaded.isSuccess) change({ pages: loaded.data.pages.length }, { replace: true });
  };
  const note = list.data ? count(list.hasNextPage ? 'shownMore' : 'shown', rows.length) : undefined;

  return (
    <>
      <title>{`${t('interactionsTitle')} · Signalbox`}</title>
      <PageHead title={t('interactionsTitle')} note={note} action={<CsvDownload filters={filters} />}>
        <FilterChips view={view} change={change} />
      </PageHead>
      <div
        className={view.open === '' ? '' : 'xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(26rem,34rem)] xl:items-start'}
      >
        <div className="@container min-w-0">
          <FilterBar view={view} change={change} searchRef={search} />
          <div aria-busy={list.isFetching}>
            {list.isPending ? <TableSkeleton /> : null}
            {list.isError && rows.length === 0 ? (
              <div className="p-4 sm:p-6">
                <ErrorState error={list.error} onRetry={() => list.refetch()} />
              </div>
            ) : null}
            {list.isSuccess && rows.length === 0 ? <NoRows view={view} change={change} /> : null}
            {rows.length > 0 ? (
              <>
                <InteractionsTable
                  rows={rows}
                  openId={view.open}
                  addressOfRow={(row) => addressOfView({ ...view, open: row.interaction_id })}
                />
                <More
                  available={list.hasNextPage}
                  loading={list.isFetchingNextPage}
                  failed={list.isFetchNextPageError}
                  onMore={loadMore}
                />
              </>
            ) : null}
          </div>
        </div>
        {view.open === '' || list.isPending ? null : (
          <DetailPane
            interaction={rows.find((row) => row.interaction_id === view.open)}
            onClose={close}
            onStep={step}
          />
        )}
      </div>
    </>
  );
}

interface MoreProps {
  available: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

function More({ available, loading, failed, onMore }: MoreProps): ReactNode {
  const { t } = useSpeech();
  if (!available) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 p-4 sm:px-6">
      <Button busy={loading} onClick={onMore}>
        {t(loading ? 'loadingMore' : 'loadMore')}
      </Button>
      {failed ? (
        <p role="alert" className="text-critical">
          {t('moreFailed')}
        </p>
      ) : null}
    </div>
  );
}

function NoRows({ view, change }: { view: View; change: ChangeView }): ReactNode {
  const { t } = useSpeech();
  const filtered = filterNames.some((name) => view[name] !== '');
  return (
    <div className="px-4 sm:px-6">
      {filtered ? (
        <EmptyState title={t('noMatchTitle')} text={t('noMatchText')}>
          <Button onClick={() => change({ q: '', category: '', action: '', from: '', to: '' })}>
            {t('clearFilters')}
          </Button>
        </EmptyState>
      ) : (
        <EmptyState title={t('noneTitle')} text={t('noneText')}>
          <Link href="/" className={buttonClass('plain')}>
            {t('noneAction')}
          </Link>
        </EmptyState>
      )}
    </div>
  );
}
