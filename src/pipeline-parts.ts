import type { Answering } from './answering/index.ts';
import type { ReadText } from './intake/index.ts';
import type { Knowledge } from './knowledge/index.ts';
import type { Clock, Database, Log, Metrics, NewId } from './platform/index.ts';
import type {
  AnswerWishes,
  Language,
  OnRunEvent,
  RequestedPriority,
  StepName,
  Taxonomy,
  Verdicts,
} from './ticket/index.ts';
import type { DuplicateDetection, Fingerprint, Triage } from './triage/index.ts';

/** Everything the pipeline works with; built once in wiring.ts. */
export interface PipelineParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly taxonomy: Taxonomy;
  readonly triage: Triage;
  /** Finds tickets that report the same problem, and opens incidents. */
  readonly duplicates: DuplicateDetection;
  readonly knowledge: Knowledge;
  readonly answering: Answering;
  readonly conversation: {
    /** Milliseconds without another message after which a chat is answered. */
    readonly quietMs: number;
    /** Whether answers say that a machine gives them. */
    readonly disclosure: boolean;
    /** How German words address the customer. */
    readonly form: 'sie' | 'du';
  };
  /** The number of this process (see platform/db/presence). */
  readonly owner: number;
  /** Tickets that this process is working on at the moment. */
  readonly inHand: Set<string>;
}

/** A ticket as a run sees it: for a reopened one `body` is the newest message of the customer. */
export interface RunTicket {
  readonly id: string;
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  /** What of subject and body the machine reads; orders to it, quoted mails and hidden text are set aside. */
  readonly read: ReadText;
  readonly language: Language;
  readonly requestedPriority: RequestedPriority | null;
}

/** One way of a ticket through the steps. Verdicts are filled in as the steps come to them. */
export interface Run {
  readonly ticket: RunTicket;
  readonly number: number;
  readonly verdicts: Partial<Verdicts>;
  readonly milliseconds: Partial<Record<StepName, number>>;
  /** What the ticket is compared with others by, once it was read; lost with the process, and read again. */
  readonly reading: { fingerprint?: Fingerprint | null };
  /** Hears how the run gets on; a run that is taken up again after a crash has nobody who listens. */
  readonly onEvent?: OnRunEvent | undefined;
}

/** The verdict of an earlier step, which must be there by now. */
export function verdictOf<N extends StepName>(run: Run, step: N): Verdicts[N] {
  const verdict = run.verdicts[step];
  if (verdict === undefined) throw new Error(`the step ${step} has no verdict yet`);
  return verdict as Verdicts[N];
}

export const defaultWishes: AnswerWishes = { method: 'auto', tone: null, k: 5, category: null };

export function wishesOf(run: Run): AnswerWishes {
  return verdictOf(run, 'intake').wishes ?? defaultWishes;
}

/** The versions that made a verdict: they go on every step, decision and interaction. */
export async function currentVersions(parts: PipelineParts): Promise<Record<string, string>> {
  return {
    classifier: `${parts.triage.variant}/${parts.triage.version}`,
    knowledge: await parts.knowledge.version(),
    ...parts.answering.versions(),
    taxonomy: parts.taxonomy.version,
  };
}

/** After triage its own word goes before the configured model: the fast one may have read this ticket. */
export const versionsAfter = (
  versions: Record<string, string>,
  triage: Pick<Verdicts['triage'], 'modelUsed' | 'modelVersion'> | undefined,
): Record<string, string> =>
  triage === undefined ? versions : { ...versions, classifier: `${triage.modelUsed}/${triage.modelVersion}` };
