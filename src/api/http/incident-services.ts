import type { Cursor } from '../../platform/index.ts';
import type {
  Incident,
  IncidentEvent,
  IncidentMember,
  IncidentPage,
  IncidentStatus,
  ReplyResult,
} from '../../triage/index.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What the HTTP face may ask of incidents. */
export interface IncidentServices {
  readonly listIncidents: (page: IncidentPage) => Promise<Page<Incident>>;
  readonly readIncident: (
    id: string,
    page: { limit: number; after?: Cursor | undefined },
  ) => Promise<{ incident: Incident; members: Page<IncidentMember>; timeline: readonly IncidentEvent[] }>;
  readonly closeIncident: (
    id: string,
    given: { reason: string; resolveMembers: boolean },
    actor: string,
  ) => Promise<Incident>;
  readonly reopenIncident: (id: string, actor: string) => Promise<Incident>;
  readonly detachTicket: (id: string, ticketId: string, actor: string) => Promise<Incident>;
  readonly attachTicket: (id: string, ticketId: string, actor: string) => Promise<Incident>;
  readonly replyToMembers: (
    id: string,
    reply: {
      text: string;
      language?: 'en' | 'de' | undefined;
      translations: { en?: string | undefined; de?: string | undefined };
      sameForAll: boolean;
      resolve: boolean;
      untold: boolean;
      effect?: string | undefined;
      actor: string;
    },
  ) => Promise<ReplyResult>;
  readonly countIncidents: () => Promise<Record<IncidentStatus, number>>;
}
