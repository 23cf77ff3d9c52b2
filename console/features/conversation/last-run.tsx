import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answeringRoutes } from '../../../src/api/contract/index.ts';
import { call } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n/index.ts';
import { traceQuery } from '../../lib/read-trace.ts';
import { Fold } from '../../ui/fold.tsx';
import { RunSteps } from '../../ui/run/run-steps.tsx';

/** How the newest answer came about. Keyed by the message: each answer of a ticket has a run of its own. */
export function LastRun({ ticketId, messageId }: { ticketId: string; messageId: string }): ReactNode {
  const { t } = useSpeech();
  const interaction = useQuery({
    queryKey: ['interactions', 'of-ticket', ticketId, messageId],
    queryFn: async ({ signal }) => {
      const { items } = await call(answeringRoutes.listInteractions, { query: { limit: 50 }, signal });
      return items.find((item) => item.ticket_id === ticketId) ?? null;
    },
  });
  const trace = useQuery({ ...traceQuery(ticketId), queryKey: ['trace', ticketId, messageId] });
  if (!interaction.data) return null;
  return (
    <Fold className="mt-1" summary={<span className="text-table">{t('howItCame')}</span>}>
      <div className="pt-2 pb-4 pl-2 sm:pl-6">
        <RunSteps interaction={interaction.data} run={trace.data} />
      </div>
    </Fold>
  );
}
