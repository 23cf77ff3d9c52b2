import { type PipelineParts, type Run, verdictOf } from './pipeline-parts.ts';
import type { Trx } from './platform/index.ts';
import type { TriageVerdict } from './ticket/index.ts';
import { mayWait, readDuplicateVerdict, reportsProblem } from './triage/index.ts';

/** Reads the text of a run for comparison, outside any transaction. Never rejects. */
export async function readForComparison({ duplicates }: PipelineParts, { ticket, reading }: Run): Promise<void> {
  const { channel, language, read } = ticket;
  const [fingerprint = null] = await duplicates.read([{ ...read, language, channel }]);
  reading.fingerprint = fingerprint;
}

/**
 * Compares the ticket with others, as the fast path does, in the transaction of its triage verdict. Once a ticket: a
 * later run of it (the customer wrote again) counts for nothing more. @returns what to call when that stands.
 */
export async function compareWithOthers(
  trx: Trx,
  parts: PipelineParts,
  run: Run,
  verdict: TriageVerdict,
): Promise<() => void> {
  const { id, channel } = run.ticket;
  if (channel === 'file' || (run.number > 1 && (await readDuplicateVerdict(trx, id)) !== null)) return () => undefined;
  const fingerprint = run.reading.fingerprint ?? null;
  const ticket = {
    id,
    at: parts.clock.now(),
    customerId: verdictOf(run, 'intake').customerId,
    category: verdict.abstained ? null : verdict.category,
    urgencyScore: verdict.urgencyScore,
    // A mere question goes its way although many ask it; only what is wrong waits for what comes of it.
    mayWait: mayWait(verdict.personReasons) && reportsProblem(verdict, { body: run.ticket.read.body, fingerprint }),
    fingerprint,
  };
  return (await parts.duplicates.detect(trx, [ticket])).committed;
}
