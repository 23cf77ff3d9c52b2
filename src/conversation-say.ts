import { v5 } from 'uuid';
import type { Said } from './api/index.ts';
import { passedOn } from './conversation-words.ts';
import {
  addMessage,
  awaitAnswer,
  type ConversationState,
  joinSession,
  lockSession,
  lockTicket,
  readConversationState,
  receiveTicket,
  type Session,
  storeTickets,
  subjectOf,
  updateSession,
} from './intake/index.ts';
import { addMessageWithin } from './message-commands.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';

/** A resolved matter that rested this long is over: what comes then is a new one, of the same customer. */
const restMs = 7 * 86_400_000;
/** Namespace of ids that are made from an Idempotency-Key. */
const effects = '5c7f6a52-0d2c-4f0e-9a58-6f3f2b7f1d1e';

export interface Utterance {
  readonly text: string;
  readonly actor: string;
  /** Name of the effect under an Idempotency-Key: a second sending stores nothing new. */
  readonly effect?: string | undefined;
}

type Stands = Said & { readonly answerAt: Date | null };

/**
 * Stores what a customer says, in one transaction, and says whose turn it is then:
 *
 *   first message, or the last matter is closed or long over → a new ticket, the machine's turn
 *   new or processing, and nobody has it   → the machine's turn; a run that is under way is overtaken
 *   the same, but only greeted so far      → greeted back once when it is due, without a run (src/greet-back.ts)
 *   resolved                               → new again, the machine's turn; a mere thank-you changes nothing
 *   a person has it or is waited for       → the machine is silent; it says so once after its hand-over
 */
export async function sayInSession(parts: PipelineParts, session: Session, said: Utterance): Promise<Stands> {
  const now = parts.clock.now();
  return parts.database.transaction(async (trx) => {
    const { ticket_id: current } = await lockSession(trx, session.id);
    const goesOn = current !== null && (await isOpenMatter(trx, current, now));
    const stands = goesOn
      ? await goOn(trx, parts, { said, ticketId: current, now })
      : await openMatter(trx, parts, { session, said, now });
    await updateSession(trx, session.id, { ticket_id: stands.ticketId, last_seen_at: now });
    return stands;
  });
}

async function isOpenMatter(trx: Trx, ticketId: string, now: Date): Promise<boolean> {
  await lockTicket(trx, ticketId);
  const { status, resolvedAt } = await readConversationState(trx, ticketId);
  if (status === 'closed') return false;
  return status !== 'resolved' || resolvedAt === null || now.getTime() - resolvedAt.getTime() < restMs;
}

interface Saying {
  readonly session: Session;
  readonly said: Utterance;
  readonly now: Date;
}

async function openMatter(trx: Trx, parts: PipelineParts, { session, said, now }: Saying): Promise<Stands> {
  const { text, actor, effect } = said;
  const request = { subject: subjectOf(text), body: text, channel: 'chat', sourceKey: effect };
  const received = receiveTicket(request, { id: parts.newId(), now });
  const ticket = { received, status: 'new', owner: null, triage: null, customerId: session.customer_id } as const;
  const [stored] = await storeTickets(trx, [ticket], parts.newId);
  if (stored === undefined) throw new Error('a ticket was neither stored nor found');
  const ticketId = stored.id;
  // The same sending once more: it stands already, and whoever has it goes on with it.
  if (stored.kind !== 'stored') return { ticketId, seq: 0, turn: 'machine', answerAt: null };
  const seq = await joinSession(trx, { ticketId, sessionId: session.id });
  parts.metrics.tickets.inc({ channel: 'chat' });
  const subject = { subjectType: 'ticket', subjectId: ticketId };
  await appendToLedger(trx, [{ at: now, actor, action: 'ticket-received', ...subject, data: { channel: 'chat' } }]);
  const answerAt = await awaitAnswer(trx, ticketId, { quietMs: parts.conversation.quietMs, now });
  return { ticketId, seq, turn: 'machine', answerAt };
}

async function goOn(
  trx: Trx,
  parts: PipelineParts,
  { said, ticketId, now }: Omit<Saying, 'session'> & { ticketId: string },
): Promise<Stands> {
  const { text, actor, effect } = said;
  const id = effect === undefined ? undefined : v5(effect, effects);
  const message = { id, text, actor, author: 'customer', private: false, machineFirst: true } as const;
  const { seq } = await addMessageWithin(trx, parts, { ticketId, message });
  const state = await readConversationState(trx, ticketId);
  const turn = turnOf(state);
  if (turn === 'machine') {
    const answerAt = await awaitAnswer(trx, ticketId, { quietMs: parts.conversation.quietMs, now });
    return { ticketId, seq, turn, answerAt };
  }
  if (turn === 'person') await acknowledge(trx, parts, { ticketId, state, now });
  return { ticketId, seq, turn, answerAt: null };
}

function turnOf({ status, assignment }: ConversationState): Said['turn'] {
  if (status === 'processing' || (status === 'new' && assignment === 'none')) return 'machine';
  return status === 'resolved' || status === 'closed' ? 'nobody' : 'person';
}

/** Once, and only while no person has spoken: then it is plain who is there. */
async function acknowledge(
  trx: Trx,
  parts: PipelineParts,
  { ticketId, state, now }: { ticketId: string; state: ConversationState; now: Date },
): Promise<void> {
  if (state.lastSpeaker === 'agent' || state.lastSpeaker === 'system') return;
  const { language } = await lockTicket(trx, ticketId);
  const words = { author: 'system', actor: 'signalbox', private: false, citations: [] } as const;
  await addMessage(trx, { ...words, id: parts.newId(), ticketId, text: passedOn(language), now });
}
