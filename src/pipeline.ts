import { readAutomaticAnswers, readVerdicts, recordSteps, stepKey } from './audit/index.ts';
import { updateTicket } from './intake/index.ts';
import { currentVersions, type PipelineParts, type Run, verdictOf, versionsAfter, wishesOf } from './pipeline-parts.ts';
import type { Trx } from './platform/index.ts';
import { decide, policyVersion } from './policy/index.ts';
import { compareWithOthers, readForComparison } from './run-duplicates.ts';
import { settleRun } from './run-settle.ts';
import { readRunTicket } from './run-start.ts';
import { searchMessage } from './search-message.ts';
import { findCategory, type OnRunEvent, type StepName, type Verdicts } from './ticket/index.ts';
import { readHoldingIncident } from './triage/index.ts';
import { triageColumns } from './triage-columns.ts';

/**
 * THE page: how a message becomes an answered and routed ticket.
 *
 *   intake → triage → knowledge → answering → policy → routing
 *
 * Each step reads, computes outside any transaction, and then writes its verdict in one transaction together
 * with what follows from it. A step that has a verdict is not run again: a run that was cut off anywhere goes
 * on at the first step without one. Stations return verdicts and never act; this page and the files beside it
 * write. Intake has its verdict when a run begins (run-start.ts); routing is settled with the decision, in the
 * last transaction (run-settle.ts). The fast path of POST /route is in route-tickets.ts.
 */
interface Step<N extends StepName> {
  readonly name: N;
  compute(parts: PipelineParts, run: Run): Promise<Verdicts[N]> | Verdicts[N];
  /** What follows from the verdict, in the transaction that stores it; what it returns is called when that stands. */
  apply?(trx: Trx, parts: PipelineParts, run: Run, verdict: Verdicts[N]): Promise<() => void>;
}

const triage: Step<'triage'> = {
  name: 'triage',
  compute: async (parts, run) => {
    const { ticket } = run;
    const verdict = parts.triage.assess({ ...ticket.read, language: ticket.language });
    return (await Promise.all([verdict, readForComparison(parts, run)]))[0];
  },
  apply: async (trx, parts, run, verdict) => {
    const { id, requestedPriority } = run.ticket;
    await updateTicket(trx, id, triageColumns(verdict, requestedPriority), parts.clock.now());
    return compareWithOthers(trx, parts, run, verdict);
  },
};

const knowledge: Step<'knowledge'> = {
  name: 'knowledge',
  compute: (parts, run) => {
    const { category, abstained } = verdictOf(run, 'triage');
    const wishes = wishesOf(run);
    return searchMessage(parts.knowledge, run.ticket.read, {
      language: run.ticket.language,
      category: wishes.category ?? (abstained ? null : category),
      limit: wishes.k,
      ...contextOf(run),
    });
  },
};

/** What the customer said before the present message: "and for PayPal?" means nothing without it. */
function contextOf(run: Run): { context?: string } {
  const before = verdictOf(run, 'intake').customer?.turns.findLast(({ author }) => author === 'customer');
  return before === undefined ? {} : { context: before.text };
}

const answering: Step<'answering'> = {
  name: 'answering',
  compute: async (parts, run) => {
    const { method, tone, k, category } = wishesOf(run);
    const { read, language } = run.ticket;
    const { customer } = verdictOf(run, 'intake');
    const { passages, found, asks } = verdictOf(run, 'knowledge');
    const triage = verdictOf(run, 'triage');
    return parts.answering.answer({
      ticketId: run.ticket.id,
      subject: read.subject,
      body: read.body,
      setAside: read.orders,
      hasOwnWords: read.hasOwnWords,
      language,
      triage,
      passages,
      found,
      ...(asks === undefined ? {} : { searched: asks }),
      method,
      tone,
      k,
      categoryGiven: category !== null,
      category,
      customer,
      knownProblem: (await readHoldingIncident(parts.database.db, run.ticket.id)) !== null,
      ...(run.onEvent === undefined ? {} : { onEvent: run.onEvent }),
    });
  },
};

const policy: Step<'policy'> = {
  name: 'policy',
  compute: async (parts, run) => {
    const given = wishesOf(run).category;
    const triage = verdictOf(run, 'triage');
    const { ticket, number } = run;
    const earlier = number > 1 ? await readAutomaticAnswers(parts.database.db, ticket.id, number) : undefined;
    const category = findCategory(parts.taxonomy, given ?? triage.category);
    if (category === undefined) throw new Error('the category is not in the taxonomy');
    return decide({
      triage,
      knowledge: verdictOf(run, 'knowledge'),
      answering: verdictOf(run, 'answering'),
      category,
      categoryGiven: given !== null,
      incident: await readHoldingIncident(parts.database.db, ticket.id),
      ...(earlier === undefined ? {} : { earlier }),
    });
  },
};

const steps = [triage, knowledge, answering, policy] as const satisfies readonly Step<never>[] | readonly unknown[];

/**
 * Takes a run from its first step without a verdict to its end. Only the process that holds the ticket calls it.
 * `again`: a newer message of a chat overtook it, nothing was sent and the ticket is new again.
 */
export async function runSteps(
  parts: PipelineParts,
  { ticketId, number, onEvent }: { ticketId: string; number: number; onEvent?: OnRunEvent | undefined },
): Promise<'settled' | 'again'> {
  const earlier = await readVerdicts(parts.database.db, ticketId, number);
  const ticket = await readRunTicket(parts.database.db, ticketId, earlier.verdicts.intake);
  const run: Run = { ticket, number, ...earlier, reading: {}, onEvent };
  const versions = { ...(await currentVersions(parts)), policy: policyVersion };
  const known = Object.entries(run.milliseconds) as [StepName, number][];
  for (const [step, milliseconds] of known) onEvent?.({ type: 'step', step, milliseconds });
  for (const step of steps) await runStep(parts, run, { step: step as Step<StepName>, versions });
  const started = performance.now();
  const settled = await settleRun(parts, run, versionsAfter(versions, run.verdicts.triage));
  onEvent?.({ type: 'step', step: 'routing', milliseconds: performance.now() - started });
  return settled;
}

async function runStep(
  parts: PipelineParts,
  run: Run,
  { step, versions }: { step: Step<StepName>; versions: Record<string, string> },
): Promise<void> {
  if (run.verdicts[step.name] !== undefined) return;
  const started = performance.now();
  const verdict = await step.compute(parts, run);
  const milliseconds = performance.now() - started;
  const { ticket, number } = run;
  const triage = step.name === 'triage' ? (verdict as Verdicts['triage']) : run.verdicts.triage;
  const committed = await parts.database.transaction(async (trx) => {
    const written = await recordSteps(trx, [
      {
        ticketId: ticket.id,
        run: number,
        step: step.name,
        verdict,
        versions: versionsAfter(versions, triage),
        milliseconds,
        at: parts.clock.now(),
      },
    ]);
    // Of two runners the one whose verdict was kept carries out what follows from it.
    return written.has(stepKey(ticket.id, number, step.name)) ? step.apply?.(trx, parts, run, verdict) : undefined;
  });
  committed?.();
  parts.metrics.stepSeconds.observe({ step: step.name }, milliseconds / 1000);
  Object.assign(run.verdicts, { [step.name]: verdict });
  Object.assign(run.milliseconds, { [step.name]: milliseconds });
  run.onEvent?.({ type: 'step', step: step.name, milliseconds });
}

/** The page draws itself: `signalbox workflow --mermaid`. */
export function drawWorkflow(): string {
  const names: StepName[] = ['intake', ...steps.map((s) => s.name), 'routing'];
  const arrows = names.slice(1).map((name, i) => `  ${names[i]} --> ${name}`);
  return [
    'flowchart LR',
    '  message([message]) --> intake',
    ...arrows,
    '  routing -->|every rule passed| answered([resolved with citations])',
    '  routing -->|otherwise| review([a person, with draft and reasons])',
  ].join('\n');
}
