import { type Config, createLog, type Log, parseConfig, readEnvironment } from '../platform/index.ts';

/** The same variables as the server's, also from `.env`; commands log warnings only unless LOG_LEVEL says more. */
export function readConfiguration(): { config: Config; log: Log } {
  const config = parseConfig({ LOG_LEVEL: 'warn', ...readEnvironment(process.cwd()) });
  return { config, log: createLog(config.LOG_LEVEL) };
}
