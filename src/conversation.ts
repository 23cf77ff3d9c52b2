import type { ChatServices, Said, Standing } from './api/index.ts';
import { readVerdicts } from './audit/index.ts';
import type { ConversationHub } from './conversation-hub.ts';
import { sayInSession } from './conversation-say.ts';
import {
  type ConversationState,
  lastPlace,
  listConversation,
  listReplies,
  markDelivered,
  placeOfMessage,
  readConversationState,
  readTicket,
  type SessionMessage,
} from './intake/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { answerDueChat } from './runs.ts';
import { createSessionAccess } from './session-access.ts';

/**
 * Talking with a customer: who may speak, what is said, and waiting for what is said to it. Each message stands in the
 * database before anything else happens; timers and waiting are only in memory. When a process ends in between, the
 * sweep of another one (or of the next start) answers, and the customer reads it on the next connection.
 */
export function createConversation(parts: PipelineParts, hub: ConversationHub): ChatServices {
  const { db } = parts.database;
  const access = createSessionAccess(parts);
  let released = false;
  return {
    enter: access.enter,
    read: access.read,
    async say(session, said) {
      const { answerAt, ...stands } = await sayInSession(parts, session, said);
      if (answerAt !== null) answerLater(parts, { ticketId: stands.ticketId, at: answerAt, isOver: () => released });
      return stands;
    },
    awaitReplies: (session, said, ms) =>
      waitFor(hub, { sessionId: session.id, ms, isOver: () => released || hub.closed }, () =>
        repliesTo(parts, session.id, said),
      ),
    standing: (ticketId) => readStandingOf(parts, ticketId),
    replies: (sessionId, after) => listReplies(db, { sessionId, after, orPending: true }),
    conversation: (sessionId, after, limit) => listConversation(db, { sessionId, after, limit }),
    place: (sessionId, messageId) =>
      messageId === 'newest' ? lastPlace(db, sessionId) : placeOfMessage(db, { sessionId, messageId }),
    markDelivered: (ids) => markDelivered(db, ids),
    subscribe: (sessionId, heard) => hub.subscribe(sessionId, heard),
    release() {
      released = true;
      hub.release();
    },
  };
}

/** Does not hold the process: what is due when it ends is taken up by the sweep. */
function answerLater(
  parts: PipelineParts,
  { ticketId, at, isOver }: { ticketId: string; at: Date; isOver: () => boolean },
): void {
  const left = Math.max(0, at.getTime() - parts.clock.now().getTime());
  setTimeout(() => {
    if (isOver()) return;
    answerDueChat(parts, ticketId).catch((error: unknown) =>
      parts.log.error({ err: error, ticket: ticketId }, 'a chat could not be answered yet; the sweep tries again'),
    );
  }, left).unref();
}

/** What has been said to a message, or null while the machine is still at it. */
async function repliesTo(
  { database: { db } }: PipelineParts,
  sessionId: string,
  { ticketId, seq, turn }: Said,
): Promise<SessionMessage[] | null> {
  // The state is read first: what it says is over has its words in the database.
  const state = await readConversationState(db, ticketId);
  const replies = await listReplies(db, { sessionId, after: seq, orPending: false });
  const here = replies.filter((r) => r.ticketId === ticketId);
  return here.length > 0 || turn !== 'machine' || !isAnswering(state) ? here : null;
}

const isAnswering = ({ status, assignment, answerAt }: ConversationState) =>
  status === 'processing' || (status === 'new' && assignment === 'none' && answerAt !== null);

async function readStandingOf({ database: { db } }: PipelineParts, ticketId: string): Promise<Standing> {
  const state = await readConversationState(db, ticketId);
  const { confidence } = await readTicket(db, ticketId);
  const { verdicts } = await readVerdicts(db, ticketId, state.run);
  const answering = isAnswering(state);
  const escalated =
    !answering &&
    (['awaiting_review', 'waiting_customer', 'failed'].includes(state.status) || state.assignment !== 'none');
  return {
    confidence,
    style: verdicts.intake?.customer?.style ?? 'neutral',
    strategy: escalated
      ? 'handover'
      : state.lastSpeaker === 'agent'
        ? 'person'
        : (verdicts.answering?.draft?.strategy ?? 'none'),
    escalated,
    answering,
  };
}

interface Waiting {
  readonly sessionId: string;
  readonly ms: number;
  readonly isOver: () => boolean;
}

/** Looks at once and after each word of the hub, until there is something, time is up or nobody will look any more. */
async function waitFor<T>(
  hub: ConversationHub,
  { sessionId, ms, isOver }: Waiting,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const until = performance.now() + ms;
  for (;;) {
    // Listening begins before looking: what comes in between is heard.
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    const stop = hub.subscribe(sessionId, resolve);
    const timer = setTimeout(resolve, Math.max(0, until - performance.now()));
    try {
      const seen = await look();
      if (seen !== null || isOver() || performance.now() >= until) return seen;
      await heard;
    } finally {
      clearTimeout(timer);
      stop();
    }
  }
}
