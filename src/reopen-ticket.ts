import { recordOutcome } from './audit/index.ts';
import { moveTicket, readTicket } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import { assignTickets } from './routing/index.ts';

export interface Reopening {
  readonly id: string;
  readonly actor: string;
  /** The customer wrote with something to say, or somebody opened it again. */
  readonly by: 'message' | 'reopening';
  readonly now: Date;
  /** A chat: the machine answers a reopened ticket first, nobody is asked before it has. */
  readonly machineFirst?: boolean;
  /** What is said of the resolution by it: nothing when the customer just goes on to another question. */
  readonly saysNothing?: boolean;
}

/**
 * It is new again and somebody's again: nobody waits for an answer that no one is asked to give. Whatever resolved it
 * did not last: its outcome is `reopened`.
 */
export async function reopen(
  trx: Trx,
  { newId }: Pick<PipelineParts, 'newId'>,
  { id, actor, by, now, machineFirst = false, saysNothing = false }: Reopening,
): Promise<void> {
  if (!saysNothing)
    await recordOutcome(trx, {
      id: newId(),
      ticketId: id,
      kind: 'reopened',
      source: by,
      about: 'resolution',
      evidence: { actor },
      now,
    });
  await moveTicket(trx, id, 'new', { now, patch: { resolved_at: null, closed_at: null, handled_by: null } });
  await appendToLedger(trx, [{ at: now, actor, action: 'ticket-reopened', subjectType: 'ticket', subjectId: id }]);
  if (machineFirst) return;
  const { category, department, abstained, priority } = await readTicket(trx, id);
  const place = {
    id,
    category,
    department,
    abstained: abstained !== false,
    priority: priority ?? 'medium',
    createdAt: now,
  };
  await assignTickets(trx, [place], now);
}
