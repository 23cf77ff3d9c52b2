import type {
  AnswerWishes,
  CustomerContext,
  IntakeVerdict,
  Language,
  NewTicket,
  RequestedPriority,
} from '../ticket/index.ts';
import type { ReadAttachment } from './attachments/read-attachments.ts';
import { contentHash } from './content-hash.ts';
import { detectLanguage } from './language.ts';
import { readForMachine } from './read-for-machine.ts';
import type { ReadText } from './untrusted/read-untrusted.ts';
import type { SetAside } from './untrusted/set-aside.ts';

/** What a client sends, validated at the edge; nothing is filled in yet. */
export interface TicketRequest {
  readonly subject: string;
  readonly body: string;
  readonly customerEmail?: string | undefined;
  readonly customerName?: string | undefined;
  /** False: the sender is the only one who says whose message it is, so nothing that we know of that customer is used. */
  readonly customerVouched?: boolean | undefined;
  readonly clientTicketId?: string | undefined;
  readonly channel?: string | undefined;
  readonly priority?: RequestedPriority | undefined;
  readonly language?: 'en' | 'de' | undefined;
  readonly metadata?: Record<string, unknown> | undefined;
  /** Row of a file or idempotency key: a second sending stores nothing new. */
  readonly sourceKey?: string | undefined;
  /** Stored with the ticket, in the same transaction. */
  readonly attachments?: readonly ReadAttachment[] | undefined;
}

export interface ReceivedTicket {
  readonly ticket: NewTicket;
  readonly contentHash: string;
  readonly languageConfidence: number;
  readonly attachments: readonly ReadAttachment[];
  /** What of it the machine reads. */
  readonly read: ReadText;
}

/** Makes a ticket of a request: id, time and language are filled in, the text stays as it came. */
export function receiveTicket(request: TicketRequest, made: { id: string; now: Date }): ReceivedTicket {
  const { attachments = [] } = request;
  const files = attachments.flatMap(({ text }) => (text === null ? [] : [text]));
  const read = readForMachine({ ...request, files });
  const detected: { language: Language; confidence: number } =
    request.language === undefined ? languageOf(request, read) : { language: request.language, confidence: 1 };
  const ticket: NewTicket = {
    id: made.id,
    clientTicketId: request.clientTicketId ?? null,
    subject: request.subject,
    body: request.body,
    customerEmail: request.customerEmail ?? null,
    customerName: request.customerName ?? null,
    channel: request.channel ?? 'api',
    language: detected.language,
    requestedPriority: request.priority ?? null,
    metadata: request.metadata ?? {},
    sourceKey: request.sourceKey ?? null,
    createdAt: made.now,
  };
  return {
    ticket,
    read,
    contentHash: contentHash({
      ...ticket,
      givenLanguage: request.language ?? null,
      files: attachments.map(({ name, sha256 }) => [name, sha256]),
    }),
    languageConfidence: detected.confidence,
    attachments,
  };
}

/** Of the customer's own words: an order to the machine that hangs on to them may be in any language. */
function languageOf({ subject, body }: TicketRequest, read: ReadText): { language: Language; confidence: number } {
  return detectLanguage(read.hasOwnWords ? saidOnce(read) : saidOnce({ subject, body }));
}

/** A subject taken from the body counts once: "Hello" twice was German to the letter statistics. */
function saidOnce({ subject, body }: { subject: string; body: string }): string {
  return body.includes(subject.replace(/ …$/, '')) ? body : `${subject}\n${body}`;
}

/** The verdict of the intake step, once the customer is known. */
export function intakeVerdict(
  received: Pick<ReceivedTicket, 'languageConfidence'> & { ticket: Pick<NewTicket, 'language'> },
  customer: { id: string | null; known: boolean },
  asked: {
    wishes: AnswerWishes | null;
    messageId: string | null;
    context?: CustomerContext | null;
    setAside?: readonly SetAside[];
  },
): IntakeVerdict {
  return {
    language: received.ticket.language,
    languageConfidence: received.languageConfidence,
    customerId: customer.id,
    customerKnown: customer.known,
    wishes: asked.wishes,
    messageId: asked.messageId,
    customer: asked.context ?? null,
    setAside: (asked.setAside ?? []).map(({ kind, text }) => ({ kind, text })),
  };
}
