/** What is known of a ticket as one of several that report the same problem (T8). */
export interface DuplicateVerdict {
  /** At or above the threshold to an earlier ticket of the window (or of an open incident). */
  readonly isDuplicate: boolean;
  /** Calibrated probability in [0,1] that the nearest earlier ticket reports the same problem; 0 where there is none. */
  readonly similarity: number;
  /** The earliest ticket of the same problem; null unless `isDuplicate`. */
  readonly duplicateOf: string | null;
  /** `MI-XXXXXXXX`, from the ticket on that opened it; null before. */
  readonly incidentId: string | null;
  /** The earlier ticket is the same customer's: linked to it, and not counted towards an incident. */
  readonly sameCustomer: boolean;
}
