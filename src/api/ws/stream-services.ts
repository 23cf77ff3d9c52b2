import type { TicketRequest } from '../../intake/index.ts';
import type { StreamState } from '../contract/index.ts';
import type { RoutedResult } from '../http/routed-result.ts';

/** What a stream counts of itself. */
export interface StreamGauge {
  /** Connections that opened (1) or closed (-1). */
  connected(change: 1 | -1): void;
  /** Tickets that were taken (1) or answered (-1). */
  taken(change: 1 | -1): void;
  seen(outcome: 'classified' | 'refused', count: number, milliseconds: number): void;
}

export interface StreamServices {
  /** Resolves when the ticket is stored for good. @throws SignalboxError */
  readonly route: (request: TicketRequest, actor: string) => Promise<RoutedResult>;
  readonly sockets: StreamGauge;
  readonly states: () => StreamState[];
}
