import type { Log, SharedCounts } from '../../platform/index.ts';
import type { AccessSettings } from './access.ts';

export interface ServerSettings {
  readonly access: Omit<AccessSettings, 'findKey'>;
  readonly version: string;
  /** Folder of the built console; absent: no pages. */
  readonly consoleFolder: string;
  /** Requests per minute for one key or address; counted only where credentials are asked for. */
  readonly requestsPerMinute: number;
  /** Where all processes count together; null: each counts for itself. */
  readonly counts: SharedCounts | null;
  /** Asks for no key for /metrics, where others do. */
  readonly metricsOpen: boolean;
  /** Holds every response against the contract (tests). */
  readonly checkResponses: boolean;
  readonly log: Log;
}
