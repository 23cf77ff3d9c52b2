import { recordSteps } from './audit/index.ts';
import { greetBack } from './greet-back.ts';
import {
  type Asked,
  attachmentTexts,
  detectLanguage,
  intakeVerdict,
  type LockedTicket,
  lockTicket,
  moveTicket,
  readAsked,
  readConversationState,
  readCustomerContext,
  readForMachine,
  readTicket,
  receiveTicket,
  storeTickets,
  strangerContext,
  subjectOfBurst,
  type TicketRequest,
  updateTicket,
} from './intake/index.ts';
import { currentVersions, defaultWishes, type PipelineParts, type RunTicket } from './pipeline-parts.ts';
import { appendToLedger, type Db, type Trx } from './platform/index.ts';
import {
  type AnswerWishes,
  type CustomerContext,
  type IntakeVerdict,
  requireCategory,
  SignalboxError,
  type Ticket,
} from './ticket/index.ts';
import { findSignals, isOnlyGreeting } from './triage/index.ts';

/** How a run begins: the ticket is claimed by this process and the intake step has its verdict. */

/** A new ticket becomes `processing`, held by this process. @returns the number of the run. */
export async function startRun(parts: PipelineParts, ticketId: string, actor: string): Promise<number> {
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, ticketId);
    if (before.status !== 'new' && before.status !== 'waiting_customer') {
      throw new SignalboxError(
        'ticket-already-processed',
        `The ticket was already processed: it is ${before.status}. ` +
          (before.status === 'resolved' || before.status === 'closed'
            ? 'Reopen it to have it evaluated again.'
            : 'A person decides now.'),
      );
    }
    return beginRun(trx, parts, { before, actor, versions });
  });
}

/** The same for a ticket that nobody has taken and that was never run; `left` for any other, `under-way` while it is run. */
export async function startUntakenRun(
  parts: PipelineParts,
  ticketId: string,
  actor: string,
): Promise<number | 'left' | 'under-way'> {
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, ticketId);
    if (before.status === 'processing') return 'under-way';
    if (before.status !== 'new' || before.assignment !== 'none' || before.run > 0) return 'left';
    return beginRun(trx, parts, { before, actor, versions });
  });
}

/** Takes a ticket that was never begun, or whose run does not end, into the hand of this process. False for any other. */
export async function claimStuckRun(parts: PipelineParts, ticketId: string): Promise<boolean> {
  return parts.database.transaction(async (trx) => {
    const { status, assignment, run } = await lockTicket(trx, ticketId);
    const now = parts.clock.now();
    if (status === 'processing') await updateTicket(trx, ticketId, { owner: parts.owner }, now);
    else if (status === 'new' && assignment === 'none' && run === 0)
      await moveTicket(trx, ticketId, 'processing', { now, patch: { owner: parts.owner, run: 1, tries: 1 } });
    else return false;
    return true;
  });
}

/** A timer and the clock of the next process may differ by this much. */
const clockSlackMs = 50;

/**
 * The same for a chat whose answer is due. Null when it is not: a newer message made it due later, somebody else has
 * begun, or a person has it now. A mere greeting gets words of its own and no run.
 */
export async function startDueRun(parts: PipelineParts, ticketId: string): Promise<number | 'greeted' | null> {
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const before = await lockTicket(trx, ticketId);
    if (before.status !== 'new' || before.assignment !== 'none') return null;
    const { answerAt } = await readConversationState(trx, ticketId);
    if (answerAt === null || answerAt.getTime() > parts.clock.now().getTime() + clockSlackMs) return null;
    const asked = await readQuestion(trx, ticketId);
    if (isOnlyGreeting(asked.text)) {
      const { language } = languageOf(await readTicket(trx, ticketId), asked);
      await greetBack(trx, parts, { ticketId, language });
      return 'greeted';
    }
    return beginRun(trx, parts, { before, actor: 'signalbox', versions });
  });
}

async function beginRun(
  trx: Trx,
  parts: PipelineParts,
  { before, actor, versions }: { before: LockedTicket; actor: string; versions: Record<string, string> },
): Promise<number> {
  const now = parts.clock.now();
  const { id: ticketId } = before;
  const run = before.run + 1;
  const ticket = await readTicket(trx, ticketId);
  const asked = await readQuestion(trx, ticketId);
  const spoken = languageOf(ticket, asked);
  await moveTicket(trx, ticketId, 'processing', {
    now,
    patch: {
      owner: parts.owner,
      run,
      tries: 1,
      language: spoken.language,
      answer_at: null,
      burst_since: null,
      // Until now it was named by its first message, which may be a greeting.
      ...(ticket.channel === 'chat' && run === 1 ? { subject: subjectOfBurst(asked.text) } : {}),
    },
  });
  const verdict = intakeVerdict(
    { ticket: { language: spoken.language }, languageConfidence: spoken.confidence },
    { id: ticket.customerId, known: ticket.customerId !== null },
    {
      wishes: defaultWishes,
      messageId: asked.messageId,
      setAside: (await readMessage(trx, { ticket, text: asked.text })).read.setAside,
      context: await contextOf(trx, parts, { ticketId, customerId: ticket.customerId, asked }),
    },
  );
  await recordSteps(trx, [{ ticketId, run, step: 'intake', verdict, versions, milliseconds: 0, at: now }]);
  await appendToLedger(trx, [
    { at: now, actor, action: 'run-started', subjectType: 'ticket', subjectId: ticketId, data: { run } },
  ]);
  return run;
}

/** Greetings that stand beside the matter would only weaken it: they are messages of their own in a chat. */
export const readQuestion = (db: Db, ticketId: string, until?: string | null): Promise<Asked> =>
  readAsked(db, ticketId, { until, saysNothing: isOnlyGreeting });

/** Below it a language is a guess ("ok", "QH-1042", a name), and the one that was spoken so far stays. */
const trustedLanguage = 0.6;

/** Who goes on in another language is answered in it. */
function languageOf(ticket: Ticket, asked: Asked): Pick<IntakeVerdict, 'language'> & { confidence: number } {
  if (asked.messageId === null) return { language: ticket.language, confidence: 1 };
  const { language, confidence } = detectLanguage(asked.text);
  if (language === 'other' || confidence < trustedLanguage) return { language: ticket.language, confidence: 1 };
  return { language, confidence };
}

function contextOf(
  db: Db,
  { clock }: PipelineParts,
  { ticketId, customerId, asked }: { ticketId: string; customerId: string | null; asked: Asked },
): Promise<CustomerContext | null> {
  if (customerId === null) return Promise.resolve(null);
  return readCustomerContext(db, { customerId, ticketId, turns: asked.turns, now: clock.now(), showsFrustration });
}

function contextOfSender(
  db: Db,
  parts: PipelineParts,
  { request, ticketId, customerId }: { request: TicketRequest; ticketId: string; customerId: string | null },
): Promise<CustomerContext | null> {
  const { body: text, customerName: name = null } = request;
  if (customerId !== null && request.customerVouched === false)
    return Promise.resolve(strangerContext({ customerId, name, text }, showsFrustration));
  return contextOf(db, parts, { ticketId, customerId, asked: { text, messageId: null, turns: [] } });
}

/** What triage calls frustration; customers are judged by it, too (src/customer-commands.ts). */
export const showsFrustration = (text: string) => findSignals(text).frustration;

/**
 * Stores a message as a ticket that is being processed by this process, with its intake verdict.
 * `isNew` is false when the same sending was stored before. @throws `client-id-conflict`
 */
export async function storeForAnswer(
  parts: PipelineParts,
  request: TicketRequest,
  { wishes, actor }: { wishes: AnswerWishes; actor: string },
): Promise<{ id: string; isNew: boolean }> {
  if (wishes.category !== null) requireCategory(parts.taxonomy, wishes.category);
  const now = parts.clock.now();
  const started = performance.now();
  const received = receiveTicket(request, { id: parts.newId(), now });
  const versions = await currentVersions(parts);
  return parts.database.transaction(async (trx) => {
    const [stored] = await storeTickets(
      trx,
      [{ received, status: 'processing', owner: parts.owner, triage: null }],
      parts.newId,
    );
    if (stored?.kind !== 'stored') {
      if (stored?.kind === 'repeated') return { id: stored.id, isNew: false };
      throw new SignalboxError(
        'client-id-conflict',
        'This key was used for another message. Use a new key for a new message.',
      );
    }
    const verdict = intakeVerdict(
      received,
      { id: stored.customerId, known: stored.customerKnown },
      {
        wishes,
        messageId: null,
        setAside: received.read.setAside,
        context: await contextOfSender(trx, parts, { request, ticketId: stored.id, customerId: stored.customerId }),
      },
    );
    await recordSteps(trx, [
      {
        ticketId: stored.id,
        run: 1,
        step: 'intake',
        verdict,
        versions,
        milliseconds: performance.now() - started,
        at: now,
      },
    ]);
    await appendToLedger(trx, [
      {
        at: now,
        actor,
        action: 'ticket-received',
        subjectType: 'ticket',
        subjectId: stored.id,
        data: { channel: received.ticket.channel, run: 1 },
      },
    ]);
    parts.inHand.add(stored.id);
    parts.metrics.tickets.inc({ channel: 'answer' });
    return { id: stored.id, isNew: true };
  });
}

/**
 * The ticket as a run sees it: what the customer wrote since our last reply is what wants an answer, up to the message
 * that the intake step saw.
 */
export async function readRunTicket(db: Db, id: string, intake?: IntakeVerdict): Promise<RunTicket> {
  const ticket = await readTicket(db, id);
  const { text } = await readQuestion(db, id, intake?.messageId);
  return {
    id,
    channel: ticket.channel,
    ...(await readMessage(db, { ticket, text })),
    language: intake?.language ?? ticket.language,
    requestedPriority: ticket.requestedPriority,
  };
}

async function readMessage(
  db: Db,
  { ticket, text }: { ticket: Pick<Ticket, 'id' | 'channel' | 'subject'>; text: string },
): Promise<Pick<RunTicket, 'subject' | 'body' | 'read'>> {
  // A chat has no subject of its own: each burst gets one from its words.
  const subject = ticket.channel === 'chat' ? subjectOfBurst(text) : ticket.subject;
  const files = await attachmentTexts(db, ticket.id);
  return { subject, body: text, read: readForMachine({ subject, body: text, files: files.map((file) => file.text) }) };
}
