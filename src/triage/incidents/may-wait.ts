import type { TriageVerdict } from '../../ticket/index.ts';
import type { Fingerprint } from '../duplicates/index.ts';
import { comparedText } from '../duplicates/same-problem.ts';

/** What a person looks at even where many report the same: it has a date, or somebody is in danger. */
const looksAtEach: ReadonlySet<string> = new Set(['declaration', 'legal-step', 'danger', 'press']);
/** S above it means HIGH. */
const urgent = 0.5;

/** Whether a ticket with these reasons for a person may wait for what an incident comes to. */
export const mayWait = (personReasons: readonly string[]): boolean =>
  !personReasons.some((reason) => looksAtEach.has(reason));

type Read = Pick<TriageVerdict, 'signals' | 'urgencyScore'>;

/**
 * Whether a ticket names something that is wrong, be it as a question ("Is the server down?"). Ten customers who want their
 * passwords reset make an incident too, but waiting for its end helps nobody: they have their places in the queue.
 */
export function namesProblem({ signals, urgencyScore }: Read, fingerprint: Fingerprint | null): boolean {
  if (signals.notWorking || urgencyScore > urgent) return true;
  return fingerprint !== null && comparedText(fingerprint).symptoms.length > 0;
}

/**
 * Whether a message says that something is wrong. Ten customers who ask within five minutes where their invoices are
 * make an incident too, but nobody is helped by waiting for it: each is answered. `body` as the machine reads it.
 */
export function reportsProblem(
  verdict: Read,
  { body, fingerprint }: { readonly body: string; readonly fingerprint: Fingerprint | null },
): boolean {
  if (verdict.signals.notWorking || verdict.urgencyScore > urgent) return true;
  // "Where do I find …?" names what is missing and is a question all the same.
  return !body.includes('?') && namesProblem(verdict, fingerprint);
}
