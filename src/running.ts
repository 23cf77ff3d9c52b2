import type { Engine } from './engine.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { Bus, Config, Jobs, Log, Watchdog } from './platform/index.ts';
import type { AppServices } from './services.ts';

/** What stands before anything runs by itself: given to all parts that wiring starts. */
export interface Running {
  readonly config: Config;
  readonly engine: Engine;
  readonly parts: PipelineParts;
  readonly jobs: Jobs;
  readonly bus: Bus;
  readonly log: Log;
  readonly watchdog: Watchdog;
  readonly services: AppServices;
}
