/** Something that runs by itself, with nobody who waits for it: it is looked after by the watchdog. */
export interface Part {
  /** Kebab-case; a label of metrics, so of few values. */
  readonly name: string;
  /** Milliseconds that one start may take before it counts as hanging; 30 s unless told. */
  readonly startMs?: number;
  /** Called once, and again after the part has failed or hung; everything of the last start was stopped before. */
  start(life: Life): Promise<RunningPart>;
}

export interface RunningPart {
  /** Stops it; what is in hand may be finished. More than 10 s are not waited for. */
  stop(): Promise<void>;
  /** Throws, or does not answer within 5 s, when the part must be started again. Asked about every 10 s. */
  alive?(): Promise<void> | void;
}

/** By which a part says between two questions that it has ended by itself. */
export interface Life {
  failed(error: unknown): void;
}
