import type { Assessment, CustomerClaim, CustomerRow, Session, SessionMessage } from '../../intake/index.ts';
import type { CommunicationStyle, EarlierTicket, Tier } from '../../ticket/index.ts';
import type { Caller } from './access.ts';

/** Who wants to speak in a session, and what proves that it is theirs. */
export interface SessionRequest {
  readonly sessionId: string;
  readonly token: string | undefined;
  readonly caller: Caller;
}

export interface Entered {
  readonly session: Session;
  /** Given once, when the session is opened by this request. */
  readonly token: string | null;
}

/** A message that stands. */
export interface Said {
  readonly ticketId: string;
  /** Its place among the messages of the session. */
  readonly seq: number;
  /** Whose turn it is: the machine's, a person's (the machine is silent), or nobody's (a thank-you). */
  readonly turn: 'machine' | 'person' | 'nobody';
}

/** How things stand in a ticket of a session, beside the words. */
export interface Standing {
  readonly confidence: number | null;
  readonly style: CommunicationStyle;
  readonly strategy: string;
  /** A person has it or is waited for. */
  readonly escalated: boolean;
  /** The machine is about to say something. */
  readonly answering: boolean;
}

export interface ChatServices {
  /** Finds the session of who asks or opens it. @throws `forbidden` for somebody else's, with what to do */
  readonly enter: (request: SessionRequest, claim: CustomerClaim) => Promise<Entered>;
  /** As an agent, or by the session's token. @throws `forbidden` */
  readonly read: (request: SessionRequest) => Promise<Session>;
  readonly say: (session: Session, said: { text: string; actor: string; effect?: string | undefined }) => Promise<Said>;
  /** Waits for what is said to `said`, at most `ms`. Empty when nobody says anything, null when the time was not enough. */
  readonly awaitReplies: (session: Session, said: Said, ms: number) => Promise<SessionMessage[] | null>;
  readonly standing: (ticketId: string) => Promise<Standing>;
  /** Replies after a place, and whatever nobody took yet. */
  readonly replies: (sessionId: string, after: number) => Promise<SessionMessage[]>;
  /** Both sides after a place. */
  readonly conversation: (sessionId: string, after: number, limit: number) => Promise<SessionMessage[]>;
  /** Place of a message of this session, or of its newest one; null for a message of another. */
  readonly place: (sessionId: string, messageId: string | 'newest') => Promise<number | null>;
  readonly markDelivered: (ids: readonly string[]) => Promise<void>;
  readonly subscribe: (sessionId: string, heard: () => void) => () => void;
  /** Lets everybody go who waits: the server stops. */
  readonly release: () => void;
}

export interface CustomerInput {
  readonly customerId?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly tier?: Tier | undefined;
  readonly style?: CommunicationStyle | null | undefined;
  readonly language?: 'en' | 'de' | null | undefined;
  readonly notes?: string | undefined;
  readonly metadata?: Record<string, unknown> | undefined;
}

export interface CustomerProfile {
  readonly customer: CustomerRow;
  readonly assessment: Assessment;
  /** The last 20, newest first. */
  readonly tickets: readonly EarlierTicket[];
}

export interface CustomerServices {
  readonly create: (input: CustomerInput, actor: string) => Promise<CustomerRow>;
  readonly list: (filters: {
    q?: string | undefined;
    tier?: Tier | undefined;
    limit: number;
    cursor?: string | undefined;
  }) => Promise<{ readonly items: readonly CustomerRow[]; readonly nextCursor: string | null }>;
  readonly read: (id: string) => Promise<CustomerProfile>;
  readonly update: (id: string, input: CustomerInput, actor: string) => Promise<CustomerRow>;
}
