export { type Clock, type NewId, newId, systemClock } from './clock.ts';
export * from './config/index.ts';
export { type Database, type Db, openDatabase, type Trx } from './db/database.ts';
export { isUniqueViolation, translateDatabaseError } from './db/errors.ts';
export { migrate } from './db/migrate.ts';
export { announcePresence, ownerIsGone, type Presence } from './db/presence.ts';
export { appendToLedger, type LedgerEntry } from './ledger.ts';
export { createLog, type Log } from './log.ts';
export { createMetrics, type Metrics } from './metrics.ts';
