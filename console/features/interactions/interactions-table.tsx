import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Interaction } from '../../../src/api/contract/index.ts';
import { contentLanguage } from '../../lib/content-language.ts';
import { number, percent, score } from '../../lib/format.ts';
import { useSpeech, type WordKey } from '../../lib/i18n/index.ts';
import { outcomeOf, reviewReason, totalMilliseconds } from '../../ui/run/outcome.ts';
import { SkeletonLine } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TimeAgo } from '../../ui/time.tsx';

export const detailTitleId = 'detail-title';

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Interaction>();

const columns = helper.columns([
  helper.accessor('created_at', { header: 'time', cell: (c) => <TimeAgo at={c.getValue()} /> }),
  helper.display({ id: 'message', header: 'message', cell: (c) => <MessageCell row={c.row.original} /> }),
  helper.display({ id: 'category', header: 'category', cell: (c) => <CategoryName row={c.row.original} /> }),
  helper.accessor('router_confidence', { header: 'confidence', cell: (c) => <Percent value={c.getValue()} /> }),
  helper.display({ id: 'judge', header: 'judgeColumn', cell: (c) => <JudgeScore row={c.row.original} /> }),
  helper.display({ id: 'outcome', header: 'outcomeColumn', cell: (c) => <OutcomeTag row={c.row.original} /> }),
  helper.accessor('language', { header: 'languageColumn', cell: (c) => c.getValue().toUpperCase() }),
  helper.accessor((row) => totalMilliseconds(row.timings_ms), {
    id: 'ms',
    header: 'msColumn',
    cell: (c) => <Count value={c.getValue()} />,
  }),
]);

/** Which columns stay on which width of the list; the message cell carries the rest on a narrow one. */
const columnLooks: Readonly<Record<string, string>> = {
  created_at: 'hidden w-32 @3xl:table-cell text-muted',
  message: '@max-2xl:pr-4 @max-3xl:pl-4 sm:@max-3xl:pl-6',
  category: 'hidden w-36 @3xl:table-cell @5xl:w-44',
  router_confidence: 'hidden w-24 text-right @5xl:table-cell',
  judge: 'hidden w-24 text-right @5xl:table-cell',
  outcome: 'hidden w-72 pl-5! @2xl:table-cell',
  language: 'hidden w-14 @5xl:table-cell',
  ms: 'hidden w-20 text-right @5xl:table-cell',
};

interface Props {
  rows: Interaction[];
  openId: string;
  addressOfRow: (row: Interaction) => string;
}

/** Rows open by the link on their message, so that keyboard and screen reader meet one target a row. */
export function InteractionsTable({ rows, openId, addressOfRow }: Props): ReactNode {
  const { t } = useSpeech();
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.interaction_id });
  return (
    <table className="w-full table-fixed border-collapse text-table">
      <TableHead />
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            className={`relative h-9 border-b hover:bg-sunken has-focus-visible:bg-sunken ${row.id === openId ? 'bg-accent-soft hover:bg-accent-soft' : ''}`}
          >
            {row.getAllCells().map((cell) => (
              <td
                key={cell.id}
                className={`truncate px-2 py-1.5 first:pl-4 last:pr-4 tabular-nums sm:first:pl-6 sm:last:pr-6 ${columnLooks[cell.column.id]}`}
              >
                {cell.column.id === 'message' ? (
                  <Link
                    id={rowLinkId(row.id)}
                    data-row={row.id}
                    href={addressOfRow(row.original)}
                    onClick={() => requestAnimationFrame(focusDetail)}
                    aria-current={row.id === openId ? 'true' : undefined}
                    title={t('key_open')}
                    className="block truncate before:absolute before:inset-0 before:content-['']"
                  >
                    <table.FlexRender cell={cell} />
                  </Link>
                ) : (
                  <table.FlexRender cell={cell} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Beside the list the message takes the focus, so that it is read out; over the list the dialog does so itself. */
const focusDetail = (): void => document.getElementById(detailTitleId)?.focus();

export const rowLinkId = (id: string): string => `row-${id}`;

function TableHead(): ReactNode {
  const { t } = useSpeech();
  return (
    <thead>
      <tr className="border-b text-left text-label text-muted">
        {columns.map((column) => {
          const id = column.id ?? ('accessorKey' in column ? String(column.accessorKey) : '');
          return (
            <th
              key={id}
              scope="col"
              className={`truncate px-2 py-2 font-normal first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6 ${columnLooks[id]}`}
            >
              {t(column.header as WordKey)}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The real layout in grey, for a list that takes longer than 150 ms. */
export function TableSkeleton(): ReactNode {
  const { t } = useSpeech();
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      {[62, 48, 71, 55, 66, 40, 58, 52].map((width) => (
        <div key={width} className="flex h-9 items-center border-b px-4 sm:px-6">
          <SkeletonLine width={width} />
        </div>
      ))}
    </div>
  );
}

function MessageCell({ row }: { row: Interaction }): ReactNode {
  return (
    <>
      <span lang={contentLanguage(row.language)}>{row.message.replaceAll(/\s+/g, ' ')}</span>
      <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-label text-muted @3xl:hidden">
        <TimeAgo at={row.created_at} />
        <CategoryName row={row} />
        <span className="min-w-0 truncate @2xl:hidden">
          <OutcomeTag row={row} />
        </span>
      </span>
    </>
  );
}

function CategoryName({ row }: { row: Interaction }): ReactNode {
  const { t, name } = useSpeech();
  return (
    <span className="truncate">
      {name('category', row.category)}
      {row.abstained ? <span className="text-muted"> · {t('uncertain')}</span> : null}
    </span>
  );
}

/** What was answered stays quiet; what went to a person stands out and says why. */
function OutcomeTag({ row }: { row: Interaction }): ReactNode {
  const speech = useSpeech();
  if (outcomeOf(row) === 'resolve')
    return (
      <Tag tone="quiet" icon="check">
        {speech.t('answeredTag')}
      </Tag>
    );
  const reason = reviewReason(row, speech);
  return (
    <>
      <Tag tone="attention" icon="person">
        {speech.t('personTag')}
      </Tag>
      {reason === '' ? null : (
        <span className="ml-1.5 text-label" title={reason}>
          {reason}
        </span>
      )}
    </>
  );
}

function Percent({ value }: { value: number }): ReactNode {
  const { language } = useSpeech();
  return percent(value, language);
}

function JudgeScore({ row }: { row: Interaction }): ReactNode {
  const { language } = useSpeech();
  return row.judge === null ? <span className="text-muted">–</span> : score(row.judge_score, language);
}

function Count({ value }: { value: number }): ReactNode {
  const { language } = useSpeech();
  return number(value, language);
}
