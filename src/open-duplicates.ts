import { type Config, type Log, type Metrics, newId, type TextEmbedder } from './platform/index.ts';
import { createDuplicateDetection, createDuplicateReader, type DuplicateDetection } from './triage/index.ts';

/**
 * What finds tickets that report the same problem, as the settings want it.
 * @param embedder the embedding model that triage reads with, if any; every process has the same
 */
export function openDuplicates(
  config: Config,
  { log, metrics, embedder }: { log: Log; metrics: Metrics; embedder: TextEmbedder | null },
): DuplicateDetection {
  return createDuplicateDetection({
    reader: createDuplicateReader({ embedder }),
    settings: {
      threshold: config.DUPLICATE_THRESHOLD,
      windowMs: config.DUPLICATE_WINDOW_SECONDS * 1000,
      count: config.INCIDENT_COUNT,
      quietMs: config.INCIDENT_QUIET_MINUTES * 60_000,
    },
    newId,
    log,
    onCompared: (result, count) => metrics.compared.inc({ result }, count),
  });
}

/** For what is history: nothing is compared, and nobody is told of it. */
export const noDuplicates = (settings: DuplicateDetection['settings']): DuplicateDetection => ({
  settings,
  read: async (texts) => texts.map(() => null),
  detect: async (_trx, tickets) => ({
    compared: tickets.map(() => ({ verdict: null, held: false })),
    committed: () => undefined,
  }),
  size: () => 0,
});
