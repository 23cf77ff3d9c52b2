/**
 * Tells all processes that something is new. What is told is never all there is to it: a message may be lost and may
 * come twice, so it only says where to look, and whoever hears it reads the rows.
 */
export interface Bus {
  /** Never throws and is not waited for. What is told within a transaction is told with it (see tellWith). */
  publish(channel: string, payload: string): void;
  /**
   * @param heard is called without a payload when anything may have been missed
   * @returns the end of listening
   */
  subscribe(channel: string, heard: (payload?: string) => void): () => void;
  /** Of Redis; null where it is not configured. */
  redis(): RedisState | null;
  /** Counts over all processes; null where Redis is not configured. */
  readonly counts: SharedCounts | null;
  close(): Promise<void>;
}

export interface RedisState {
  readonly ready: boolean;
  /** Why it is not, in the words of the client. */
  readonly problem: string | null;
}

export interface SharedCounts {
  /**
   * One more of `key` within a window that begins with its first.
   * @returns how many there are, and milliseconds until the window ends; null when Redis does not answer at once
   */
  count(key: string, windowMs: number): Promise<{ readonly current: number; readonly ttl: number } | null>;
}
