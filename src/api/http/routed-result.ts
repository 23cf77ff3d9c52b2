import type { DuplicateVerdict, Priority, RoutingVerdict, Ticket, TriageVerdict } from '../../ticket/index.ts';

/** What a routed ticket is told of: fresh from the pipeline, or as it stands after a repeated sending. */
export type RoutedResult =
  | {
      readonly kind: 'routed';
      readonly ticketId: string;
      readonly received: { readonly ticket: Pick<Ticket, 'clientTicketId' | 'language'> };
      readonly triage: TriageVerdict;
      readonly duplicates: DuplicateVerdict | null;
      readonly priority: Priority;
      readonly routing: RoutingVerdict;
      readonly milliseconds: { readonly triage: number; readonly store: number };
    }
  | { readonly kind: 'repeated'; readonly ticket: Ticket };
