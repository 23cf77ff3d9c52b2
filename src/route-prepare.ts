import { type ReceivedTicket, receiveTicket, type TicketRequest } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { raisePriority } from './policy/index.ts';
import type { Priority, TriageVerdict } from './ticket/index.ts';
import type { Fingerprint, TextToTriage } from './triage/index.ts';

export interface RouteRequest {
  readonly request: TicketRequest;
  readonly actor: string;
}

/** A ticket with all that is computed before its transaction. */
export interface Prepared {
  readonly received: ReceivedTicket;
  readonly triage: TriageVerdict;
  readonly priority: Priority;
  /** Null: it is not compared with other tickets. */
  readonly fingerprint: Fingerprint | null;
  readonly actor: string;
  readonly triageMs: number;
}

export async function prepareRoute(parts: PipelineParts, requests: readonly RouteRequest[]): Promise<Prepared[]> {
  const received = requests.map(({ request }) => receiveTicket(request, { id: parts.newId(), now: parts.clock.now() }));
  const started = performance.now();
  const texts = received.map(({ ticket: { language, channel }, read }) => ({ ...read, language, channel }));
  const [verdicts, fingerprints] = await Promise.all([assess(parts, texts), parts.duplicates.read(texts)]);
  const triageMs = (performance.now() - started) / requests.length;
  return received.map((one, i) => ({
    received: one,
    triage: verdicts[i]!,
    priority: raisePriority(verdicts[i]!.priority, one.ticket.requestedPriority),
    fingerprint: fingerprints[i] ?? null,
    actor: requests[i]!.actor,
    triageMs,
  }));
}

/**
 * A model that fails loses no ticket: those it could not read are stored, abstained, and a person sorts them. One text
 * that the model can't bear must not spoil the others of its batch, so they are tried one by one.
 */
async function assess(parts: PipelineParts, texts: readonly TextToTriage[]): Promise<TriageVerdict[]> {
  try {
    return await parts.triage.assessAll(texts);
  } catch (error) {
    if (texts.length > 1) return (await Promise.all(texts.map((text) => assess(parts, [text])))).flat();
    parts.log.error({ err: error }, 'the triage model failed; the ticket goes to a person');
    return texts.map((text) => parts.triage.assessWithoutModel(text));
  }
}
