import type {
  Counts,
  DecisionRow,
  InteractionFilters,
  InteractionRow,
  LedgerRow,
  OutcomeQuestion,
  outcomeShares,
  ReplyPair,
  StepRow,
} from '../../audit/index.ts';
import type {
  Attachment,
  Feedback,
  Message,
  ReadAttachment,
  TicketFilters,
  TicketRequest,
} from '../../intake/index.ts';
import type { Article, ArticlePage, Gap, GapPage, Knowledge } from '../../knowledge/index.ts';
import type {
  BudgetLimits,
  BudgetState,
  Cursor,
  JobState,
  JobStatus,
  QueueDepth,
  Role,
  ServerEntry,
  Trx,
  UsageGroup,
  UsageRow,
} from '../../platform/index.ts';
import type { ReviewReason } from '../../policy/index.ts';
import type { Agent, AgentSettings, QueuedTicket, QueuePage, Review, WebhookCommands } from '../../routing/index.ts';
import type { AnswerWishes, Language, OnRunEvent, Ticket } from '../../ticket/index.ts';
import type { SimilarTicket, TextProfile, TopicShare } from '../../triage/index.ts';
import type { StreamServices } from '../ws/stream-services.ts';
import type { Caller } from './access.ts';
import type { AgentDesk } from './agent-desk.ts';
import type { ChatServices, CustomerServices } from './chat-services.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { IncidentServices } from './incident-services.ts';
import type { RoutedResult } from './routed-result.ts';

export type { RoutedResult } from './routed-result.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface ComponentHealth {
  readonly status: 'ok' | 'degraded' | 'down' | 'not_configured';
  readonly detail: string;
}

/** One message of a batch. */
export interface MessageToAnswer {
  readonly request: TicketRequest;
  readonly wishes: AnswerWishes;
}

type Outcome = 'approve' | 'edit' | 'reject' | 'escalate';

/** What can be said of a ticket's text, by its words and by the model. */
export interface ReadFeatures {
  readonly language: Language;
  readonly profile: TextProfile;
  readonly topics: readonly TopicShare[];
  readonly examples: readonly SimilarTicket[];
}

/** `ticketId`: the ticket that the job is about, once it is stored. */
export type JobWithTicket = JobState & { readonly ticketId: string | null };

export interface JobServices {
  /** Keeps a request for routing and returns the id of its job. @throws `queue-full` */
  readonly accept: (
    request: TicketRequest,
    by: { readonly actor: string; readonly effect: string | undefined },
  ) => Promise<string>;
  /** `sentBy`: who sent the request, as in the ledger. */
  readonly findRouted: (id: string) => Promise<(JobWithTicket & { readonly sentBy: string }) | null>;
  readonly list: (asked: {
    status: JobStatus;
    limit: number;
    after: Cursor | undefined;
  }) => Promise<Page<JobWithTicket>>;
  /** @throws `not-found`, `already-done` when it is not failed */
  readonly replay: (id: string, actor: string) => Promise<JobWithTicket>;
  /** What goes with a new ticket into the transaction that stores it; undefined: nothing. @throws `queue-full` */
  readonly handlingOf: (
    asked: 'none' | 'background' | undefined,
    actor: string,
  ) => Promise<((trx: Trx, ticket: Ticket) => Promise<void>) | undefined>;
  readonly depth: () => Promise<QueueDepth[]>;
}

/** Everything the HTTP face may call; wiring.ts gives it. Each function is one use case with its own transaction. */
export interface Services extends IncidentServices {
  readonly route: (request: TicketRequest, actor: string) => Promise<RoutedResult>;
  readonly routeBatch: (requests: readonly TicketRequest[], actor: string) => Promise<RoutedResult[]>;
  /** `onEvent` hears how it gets on; who stops listening stops nothing. */
  readonly answer: (
    request: TicketRequest,
    wishes: AnswerWishes,
    actor: string,
    onEvent?: OnRunEvent,
  ) => Promise<InteractionRow>;
  /** In the order given; of messages that cannot all be answered none is stored. */
  readonly answerBatch: (messages: readonly MessageToAnswer[], actor: string) => Promise<InteractionRow[]>;
  /** Without `evaluate` AUTO_EVALUATE decides. */
  readonly createTicket: (request: TicketRequest, actor: string, evaluate?: 'none' | 'background') => Promise<Ticket>;
  readonly listTickets: (filters: TicketFilters) => Promise<Page<Ticket>>;
  readonly readTicket: (id: string) => Promise<Ticket>;
  readonly evaluateTicket: (id: string, actor: string) => Promise<Ticket>;
  readonly assignTicket: (id: string, agent: string, actor: string) => Promise<Ticket>;
  readonly releaseTicket: (id: string, actor: string) => Promise<Ticket>;
  readonly resolveTicket: (
    id: string,
    given: { reply?: string | undefined; reason: string },
    actor: string,
  ) => Promise<Ticket>;
  readonly closeTicket: (id: string, actor: string) => Promise<Ticket>;
  readonly reopenTicket: (id: string, actor: string) => Promise<Ticket>;
  readonly giveFeedback: (
    id: string,
    given: { rating: number; resolved: boolean; comment: string | null },
    actor: string,
  ) => Promise<Feedback>;
  readonly listMessages: (id: string) => Promise<Message[]>;
  readonly listAttachments: (ticketId: string) => Promise<Attachment[]>;
  readonly readAttachment: (by: { ticketId: string; id: string }) => Promise<Attachment & { text: string | null }>;
  readonly readAttachmentContent: (by: { ticketId: string; id: string }) => Promise<{ name: string; bytes: Buffer }>;
  readonly addMessage: (
    id: string,
    message: {
      id?: string | undefined;
      text: string;
      author: 'customer' | 'agent';
      private: boolean;
      attachments?: readonly ReadAttachment[] | undefined;
    },
    actor: string,
  ) => Promise<Message>;
  readonly readTrace: (id: string) => Promise<{ steps: StepRow[]; decisions: DecisionRow[]; events: LedgerRow[] }>;
  readonly readFeatures: (id: string) => Promise<ReadFeatures>;
  readonly listReviews: (filters: {
    status?: Review['status'] | undefined;
    reason?: string | undefined;
    limit: number;
    after?: Cursor | undefined;
  }) => Promise<Page<Review>>;
  readonly decideReview: (
    id: string,
    decision: { action: Outcome; reply?: string | undefined; category?: string | undefined; reason: string },
    actor: string,
  ) => Promise<Review>;
  /** Every reason for which a person is asked, with how many reviews wait for it. */
  readonly reviewReasons: () => Promise<(ReviewReason & { code: string; pending: number })[]>;
  readonly listReplyPairs: (page: { limit: number; after?: Cursor | undefined }) => Promise<Page<ReplyPair>>;
  readonly streamReplyPairs: () => AsyncGenerator<ReplyPair>;
  readonly listGaps: (page: GapPage) => Promise<Page<Gap>>;
  readonly dismissGap: (id: string, actor: string) => Promise<Gap>;
  readonly draftGapArticle: (gapId: string, actor: string) => Promise<Article>;
  readonly listArticles: (page: ArticlePage) => Promise<Page<Article>>;
  readonly decideArticle: (
    id: string,
    decision: { action: 'approve' | 'reject'; text?: string | undefined },
    actor: string,
  ) => Promise<Article>;
  readonly outcomes: (question: OutcomeQuestion) => Promise<ReturnType<typeof outcomeShares>>;
  readonly listInteractions: (
    filters: InteractionFilters & { limit: number; after?: Cursor | undefined },
  ) => Promise<Page<InteractionRow>>;
  readonly streamInteractions: (filters: InteractionFilters) => AsyncGenerator<InteractionRow>;
  readonly counts: () => Promise<Counts>;
  readonly agents: () => Promise<Agent[]>;
  readonly putAgent: (agent: AgentSettings, actor: string) => Promise<Agent>;
  readonly deleteAgent: (name: string, actor: string) => Promise<number>;
  readonly listQueue: (page: {
    limit: number;
    cursor?: string | undefined;
    team?: string | undefined;
  }) => Promise<QueuePage>;
  readonly peekQueue: () => Promise<QueuedTicket | null>;
  readonly queueNext: (agent: string, actor: string) => Promise<QueuedTicket | null>;
  readonly knowledge: Knowledge;
  /** Looks at DOCUMENTS_PATH in the background. */
  readonly syncKnowledge: () => Promise<void>;
  /** Of all components, or of those named. */
  readonly health: (names?: readonly string[]) => Promise<Record<string, ComponentHealth>>;
  readonly process: {
    readonly role: Role;
    readonly owner: number;
    readonly version: string;
    /** Of the triage model, in this process. */
    readonly breaker: () => 'closed' | 'open' | 'half-open';
    readonly uptimeSeconds: () => number;
    /** The servers that live on this database. */
    readonly list: () => Promise<ServerEntry[]>;
  };
  readonly versions: () => Promise<{ version: string; model: string; knowledge: string; policy: string }>;
  readonly model: { readonly variant: string; readonly categories: readonly string[] };
  readonly llmUsage: {
    readonly now: () => Date;
    readonly read: (asked: { from: Date; to: Date; by: UsageGroup }) => Promise<UsageRow[]>;
    readonly limits: BudgetLimits;
    readonly state: () => Promise<BudgetState>;
  };
  readonly metricsText: () => Promise<string>;
  readonly observeRequest: (seen: { method: string; route: string; status: number; seconds: number }) => void;
  readonly desk: AgentDesk;
  readonly jobs: JobServices;
  readonly streams: StreamServices;
  readonly chat: ChatServices;
  readonly customers: CustomerServices;
  readonly findKey: (hash: string) => Promise<Caller | null>;
  readonly webhooks: WebhookCommands;
  readonly idempotency: IdempotencyStore;
}
