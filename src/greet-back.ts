import { v5 } from 'uuid';
import { greetingReply } from './conversation-words.ts';
import { addMessage, endWaiting, readConversationState, readSession } from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { appendToLedger, type Trx } from './platform/index.ts';
import type { Language } from './ticket/index.ts';

/** Namespace of the ids of greetings: one for each ticket, so that a second one is never stored. */
const greetings = '0b6f1c1e-7a3d-4c55-8f0a-2f2a5f6d9c41';

/**
 * Answers a chat in which the customer has only greeted: the ticket stays new and nobody's, and the machine's turn. Once
 * in a ticket; who greets again is heard and gets nothing more. The words count as a reply of the machine (`ai`), so
 * that the question that follows is read alone.
 */
export async function greetBack(
  trx: Trx,
  { clock, conversation }: PipelineParts,
  { ticketId, language }: { ticketId: string; language: Language },
): Promise<void> {
  const now = clock.now();
  await endWaiting(trx, ticketId, now);
  const { sessionId } = await readConversationState(trx, ticketId);
  const session = sessionId === null ? null : await readSession(trx, sessionId);
  const discloses = conversation.disclosure && session?.disclosed_at == null;
  const text = greetingReply(language, { form: conversation.form, discloses });
  const by = { author: 'ai', actor: 'signalbox', private: false, citations: [] } as const;
  const { created_at } = await addMessage(trx, { ...by, id: v5(ticketId, greetings), ticketId, text, now });
  if (created_at.getTime() !== now.getTime()) return;
  const subject = { subjectType: 'ticket', subjectId: ticketId };
  await appendToLedger(trx, [{ at: now, actor: 'signalbox', action: 'greeting-answered', ...subject }]);
}
